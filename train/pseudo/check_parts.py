"""Whether validation is what a model did not learn from, as far as its folder tells."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from face_detect.command import InputError
from train.contract import Contract
from train.gather import Gathered
from train.judged_part import held_out_names, trained_on
from train.recipe import deciding
from train.watch import Watch


def check_parts(model: Path, contract: Contract, data: Gathered, given: Path, watch: Watch) -> None:
    """Refuse what is known to be parted otherwise than in the model's fit; tell what is unknown."""
    if data.drawn:
        _check_held_out(model, data, given)
    own = deciding(model)
    if own == data.pictures["valid"]["digest"]:
        return
    if contract.origin.data not in ("unknown", given.name):
        why = f"was fitted to {contract.origin.data}, not to {given.name}"
    elif own is None:
        why = "does not tell which pictures decided in its fit"
    else:
        why = "was fitted with other pictures deciding (--valid, --split-seed, --labels)"
    watch.say(
        f"{model.name} {why}: it may have learned from pictures that decide here, and then looks"
        " better than it is"
    )


def _check_held_out(model: Path, data: Gathered, given: Path) -> None:
    """Of data without parts the model's folder has the names that its fit held out."""
    held_out = held_out_names(model)
    records = (*data.kept, *data.valid.records, *data.test.records)
    if not trained_on(dataclasses.replace(data.test, records=records), held_out):
        return
    learned = sum(record.name not in held_out for record in data.test.records)
    if learned:
        raise InputError(
            f"{given}: {learned} of {len(data.test.records)} pictures to report on were not held"
            f" out in the fit of {model.name}; give that fit's --valid, --split-seed and labels"
        )
