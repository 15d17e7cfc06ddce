"""A few hundred pictures that one worker takes at a time, and what it makes of them."""

from __future__ import annotations

from dataclasses import dataclass

from train.data.record import Record
from train.data.sample_row import SampleRow
from train.prepare.cutting import Cutting


@dataclass(frozen=True, kw_only=True)
class Portion:
    """Pictures that follow one another in the dataset."""

    number: int
    first: int
    """The place of its first picture among all."""
    records: tuple[Record, ...]
    cutting: Cutting

    def __str__(self) -> str:
        return f"{self.records[0].name} to {self.records[-1].name}"


@dataclass(frozen=True, kw_only=True)
class Note:
    """A picture that was left out, or taken with a doubt, and why."""

    place: int
    """Among all pictures; −1 where it is none of them."""
    name: str
    kind: str
    detail: str
    taken: bool


@dataclass(frozen=True, kw_only=True)
class Part:
    """What became of a portion."""

    number: int
    tar: bytes
    """The files of a tar, without its end."""
    rows: tuple[SampleRow, ...]
    """Offsets are from where the part begins."""
    notes: tuple[Note, ...]
