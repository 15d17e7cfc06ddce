"""A fitted net that others learn from, and which of their questions it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from torch import nn

from train.contract import Contract, Head


@dataclass(frozen=True, kw_only=True)
class Teacher:
    """For each of its pupil's heads the columns of its own answer; None where it has none."""

    net: nn.Module
    columns: tuple[slice | None, ...]


def columns_for(pupil: Contract, taught: Contract) -> tuple[slice | None, ...]:
    """A head is the same if its labels and its name are; only heads may be named otherwise."""
    alone = len(pupil.heads) == len(taught.heads) == 1
    own = {_key(head, alone): columns for head, columns in taught.head_slices()}
    return tuple(own.get(_key(head, alone)) for head in pupil.heads)


def as_teachers(given: Sequence[nn.Module | Teacher], pupil: Contract) -> list[Teacher]:
    """A bare net answers all that its pupil does, in the same columns."""
    everything = tuple(columns for _, columns in pupil.head_slices())
    return [
        each if isinstance(each, Teacher) else Teacher(net=each, columns=everything)
        for each in given
    ]


def _key(head: Head, alone: bool) -> tuple[str, tuple[str, ...]]:
    return ("" if alone else head.name, head.labels)
