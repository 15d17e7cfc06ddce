"""A course of rounds in one way and with one seed: on while it helps."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from lightning_fabric import Fabric

from train.fit import DivergedError
from train.pseudo.options import Ending, Forgetting
from train.pseudo.points import points
from train.pseudo.round import MODELS, Round
from train.pseudo.run_round import Step, run_round
from train.pseudo.task import Task
from train.pseudo.worth import Worth
from train.watch import Watch

DECIDES = "macro_f1"
"""On the validation part. Gains on the test part are of the same figure, and decide nothing."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """What came of it so far."""

    way: Forgetting
    seed: int
    start: Worth
    """Of the model that it began with, on validation."""
    rounds: tuple[Round, ...] = ()
    stopped: str = ""
    """Why it ended; empty while it goes on."""

    @property
    def best(self) -> Round | None:
        """The best round by validation; None where MODEL is better than all."""
        found = max(self.rounds, key=_score, default=None)
        return found if found and _score(found) > getattr(self.start, DECIDES) else None

    def gain(self, found: Round) -> float:
        """Over the model that it began with."""
        return _score(found) - float(getattr(self.start, DECIDES))


def run_course(
    task: Task,
    way: Forgetting,
    seed: int,
    start: Worth,
    ending: Ending,
    fabric: Fabric,
    watch: Watch,
    so_far: Callable[[Course], None] = lambda course: None,
) -> Course:
    """`so_far` is told after every round, one that was finished before as well."""
    course, last = Course(way=way, seed=seed, start=start), task.wanted.model
    while not course.stopped:
        number = len(course.rounds) + 1
        step = Step(way=way, seed=seed, number=number, last=last)
        try:
            found = run_round(task, step, fabric, watch)
        except DivergedError as error:
            course = _after(course, None, f"round {number} was given up: {error}")
        else:
            course = _after(course, found, _why(course, found, ending))
            if found:
                watch.say(f"{step.name}: {told(course, found)}")
                last = task.folder / MODELS / found.record
        so_far(course)
    watch.say(f"{way}, seed {seed}: {course.stopped}")
    return course


def told(course: Course, found: Round) -> str:
    """A round's worth in words."""
    return (
        f"accuracy {found.valid.accuracy:.1%}, macro F1 {found.valid.macro_f1:.1%} on validation,"
        f" {points(course.gain(found))} points against the model that it began with"
    )


def _after(course: Course, found: Round | None, stopped: str) -> Course:
    rounds = (*course.rounds, found) if found else course.rounds
    return dataclasses.replace(course, rounds=rounds, stopped=stopped)


def _why(course: Course, found: Round | None, ending: Ending) -> str:
    """What ends it after this round; empty: nothing."""
    if found is None:
        return "no face to learn from: none is sure enough, or its cap leaves none"
    scores = [float(getattr(course.start, DECIDES)), *map(_score, (*course.rounds, found))]
    idle = len(scores) - 1 - scores.index(max(scores))
    if ending.patience and idle >= ending.patience:
        rounds = f"round {found.number}" if idle == 1 else f"{idle} rounds in a row"
        return f"{rounds} brought no gain on validation"
    return f"all {found.number} rounds are done" if found.number >= ending.rounds else ""


def _score(found: Round) -> float:
    return float(getattr(found.valid, DECIDES))
