"""Whether the pictures that a run chooses by may have been learned already."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from train.gathered import Gathered
from train.judged_part import held_back_names, of_these_data


def learned_before(model: Path, data: Gathered) -> int | None:
    """How many of them the model's fit did not hold back; None where it does not tell of these."""
    found = [_learned(model, own) for own in data.each or (data,)]
    known = [count for count in found if count is not None]
    return sum(known) if known else None


def _learned(model: Path, data: Gathered) -> int | None:
    records = (*data.kept, *data.valid.records, *data.test.records)
    whole = dataclasses.replace(data.valid, records=records)
    names = of_these_data(whole, held_back_names(model))
    if not names:
        return None
    return sum(record.name not in names for record in data.valid.records)
