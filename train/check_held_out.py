"""Whether a model that a run is given has learned from what the run is to report on."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from face_detect.command import InputError
from train.gathered import Gathered
from train.judged_part import held_out_names, of_these_data


def check_held_out(model: Path, data: Gathered) -> None:
    """Refuse data without parts that the model's fit parted otherwise, as its folder tells."""
    for own in data.each or (data,):
        if own.drawn:
            _check(model, own)


def _check(model: Path, data: Gathered) -> None:
    records = (*data.kept, *data.valid.records, *data.test.records)
    whole = dataclasses.replace(data.test, records=records)
    names = of_these_data(whole, held_out_names(model))
    learned = sum(record.name not in names for record in data.test.records)
    if names and learned:
        raise InputError(
            f"{whole.name}: {learned} of {len(data.test.records)} pictures to report on were not"
            f" held out in the fit of {model.name}; give that fit's --valid, and as --split-seed"
            " its own (or its --seed, where it was given none)"
        )
