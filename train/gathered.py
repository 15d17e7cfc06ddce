"""The parts of a run's data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from train.data.apart import Apart
from train.data.dataset import Dataset, Framing
from train.data.record import Record
from train.judged_part import data_and_name


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """No picture is in two of the parts, and nobody whose name is known."""

    kept: tuple[Record, ...]
    """To learn from."""
    valid: Dataset
    """To choose the best epoch and to calibrate by."""
    test: Dataset
    """To report on, once."""
    labels: tuple[str, ...]
    framing: Framing
    drawn: bool
    """Whether `test` was drawn here, for want of a part of that name."""
    held_out: tuple[str, ...] = ()
    """The names of those that were drawn, where other data had such a part."""
    left_out: tuple[Apart, ...] = ()
    """What the parts shared before: with the held out, with the held back."""
    each: tuple[Gathered, ...] = ()
    """Of several data each by itself, its pictures under their own names."""

    @property
    def drawn_names(self) -> tuple[str, ...]:
        """What a model has to remember not to have learned from; nothing of a part of that name."""
        if not self.drawn:
            return ()
        return self.held_out or tuple(record.name for record in self.test.records)

    @property
    def held_back_names(self) -> tuple[str, ...]:
        """What a model has to remember to have been chosen by; of several data as of `held_out`."""
        names = tuple(record.name for record in self.valid.records)
        if not self.each:
            return names
        told = {
            f"{own.test.name}/{record.name}": data_and_name(own.test.name, record.name)
            for own in self.each
            for record in own.valid.records
        }
        return tuple(told[name] for name in names)

    @cached_property
    def pictures(self) -> dict[str, Any]:
        """The count and a digest of every part: what a configuration says of the data."""
        parts = {"train": self.kept, "valid": self.valid.records, "test": self.test.records}
        return {
            part: {"count": len(records), "digest": _digest(records)}
            for part, records in parts.items()
        }


def _digest(records: Iterable[Record]) -> str:
    found = hashlib.sha256()
    for record in records:
        found.update(f"{record.name}\0{sorted(record.labels.items())}\n".encode())
    return found.hexdigest()
