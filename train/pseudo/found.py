"""What self-training came to, in every way and with every seed."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from train.evaluate import Evaluation
from train.pseudo.course import DECIDES, Course
from train.pseudo.options import Ending, Forgetting
from train.pseudo.task import Task
from train.pseudo.worth import Worth

FIGURES = ("accuracy", "macro_f1", "macro_recall", "ece")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """MODEL, or the net that validation chose of a course, on the test part."""

    model: Path
    test: Worth
    figures: Evaluation


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Over seeds."""

    mean: float
    sd: float | None
    """None of one value."""
    count: int


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way against forgetting, over its seeds."""

    way: Forgetting
    courses: tuple[Course, ...]
    gains: tuple[Spread, ...]
    """On validation, after each round, of the seeds that came so far."""
    test_gains: tuple[Spread, ...]
    """The same on the test part; empty before it was asked."""
    kept: tuple[Kept, ...]
    """One a course; empty before the test part was asked."""

    def tests(self) -> dict[str, Spread]:
        """The kept nets on the test part, by figure."""
        if not self.kept:
            return {}
        return {
            key: spread([float(getattr(kept.test, key)) for kept in self.kept]) for key in FIGURES
        }


@dataclass(frozen=True, kw_only=True)
class Found:
    """Everything."""

    task: Task
    start: Worth
    """MODEL on validation."""
    courses: tuple[Course, ...]
    ending: Ending
    start_kept: Kept | None = None
    """MODEL on the test part."""
    kept: tuple[Kept, ...] = ()
    """Of each course; empty before all of them have ended."""
    tested: tuple[tuple[Worth, ...], ...] = ()
    """Each course's rounds on the test part, by which nothing is chosen; empty as long."""

    @property
    def best(self) -> Course | None:
        """By validation; None where MODEL is better than all that came of it. `old` learned from no
        new face, and only compares."""
        helped = [course for course in self.courses if course.best and course.way != "old"]
        return max(helped, key=_gain, default=None)

    def best_kept(self) -> Kept | None:
        best = self.best
        return self.kept[self.courses.index(best)] if best and self.kept else None

    def ways(self) -> Iterator[Way]:
        """In the order in which they were asked for."""
        for way in dict.fromkeys(course.way for course in self.courses):
            own = [i for i, course in enumerate(self.courses) if course.way == way]
            courses = tuple(self.courses[i] for i in own)
            yield Way(
                way=way,
                courses=courses,
                gains=_by_round([[c.gain(each) for each in c.rounds] for c in courses]),
                test_gains=_by_round([self.test_gains(i) for i in own]),
                kept=tuple(self.kept[i] for i in own) if self.kept else (),
            )

    def test_gains(self, course: int) -> list[float]:
        """Of a course's rounds, over MODEL; empty before the test part was asked."""
        if self.start_kept is None:
            return []
        start = getattr(self.start_kept.test, DECIDES)
        return [float(getattr(each, DECIDES) - start) for each in self.tested[course]]


def spread(values: Sequence[float]) -> Spread:
    """Mean and standard deviation."""
    return Spread(
        mean=statistics.fmean(values),
        sd=statistics.stdev(values) if len(values) > 1 else None,
        count=len(values),
    )


def _gain(course: Course) -> float:
    return course.gain(course.best) if course.best else 0.0


def _by_round(gains: Sequence[Sequence[float]]) -> tuple[Spread, ...]:
    """Of the courses that came so far."""
    longest = max(map(len, gains))
    return tuple(spread([own[i] for own in gains if len(own) > i]) for i in range(longest))
