"""What may be chosen about a made dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.made.plan import LEAST, TAKES
from face_detect.command import InputError

LEAST_DISTINCT = 14
"""Two people's: one to train on, one to validate on, each with all seven emotions."""


@dataclass(frozen=True, kw_only=True)
class MadeOptions:
    """The defaults are as large as AI-Hub's own pictures."""

    pictures: int
    """Of the whole set, in however many portions it is made."""
    seed: int = 0
    portion: int = 1
    portions: int = 1
    distinct: int = 300
    """Pictures with one face that are drawn and encoded; the rest repeats them."""
    megapixels: float | None = None
    """Of each picture; otherwise 8 to 12."""
    wrong: float = 0.03
    """Share of the pictures that are wrong in one of seven ways, or whose entries are."""
    faces: Path | None = None
    """A dataset to take faces from; otherwise they come from what the packages ship."""
    pool: Path | None = None
    """Where the distinct pictures stay for the next portion; otherwise they go."""
    workers: int = 1

    def __post_init__(self) -> None:
        if self.pictures < LEAST:
            raise InputError(
                f"{self.pictures} pictures are too few: {LEAST} is the least that holds two people"
                " and everything that may be wrong"
            )
        if self.distinct < LEAST_DISTINCT:
            raise InputError(
                f"{self.distinct} distinct pictures are too few: {LEAST_DISTINCT} is the least"
            )
        if self.faces and not self.faces.exists():
            raise InputError(f"{self.faces}: no such file or folder")
        people = -(-self.pictures // TAKES)
        if not 1 <= self.portion <= self.portions:
            raise InputError(f"there is no portion {self.portion} of {self.portions}")
        if self.portions > people:
            raise InputError(
                f"{self.portions} portions are too many: nobody is in two, and {self.pictures}"
                f" pictures show {people} people"
            )
