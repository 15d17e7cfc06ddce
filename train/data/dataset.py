"""What a reader found in one place: records, and what was wrong there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from train.data.record import Framing, Record

__all__ = ["Dataset", "Framing", "Problem"]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A picture or an entry that was left out, and why."""

    name: str
    """The file, or the file and the place in it."""
    kind: str
    """A few words that many problems share, such as "label unknown", to count them by."""
    detail: str = ""
    read: Callable[[], bytes] | None = field(default=None, compare=False, repr=False)
    """The picture that it is about, where there is one to show."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Everything that could be read, and everything that could not."""

    name: str
    format: str
    """The reader that knew it, such as "fer2013.csv"."""
    records: tuple[Record, ...]
    framing: Framing | None
    """Whether the pictures are faces already cut out, photos in which to find them, or faces with
    their box; None where the format does not say: `train.guess_framing` looks at them."""
    problems: tuple[Problem, ...] = ()

    def problem_counts(self) -> dict[str, int]:
        """How often each kind of problem was met, most frequent first."""
        return dict(Counter(problem.kind for problem in self.problems).most_common())
