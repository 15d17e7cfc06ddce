"""A data set through the shipped graph in Chromium, beside the same through the net."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from export.accuracy import Accuracy, accuracy
from export.drift import Outputs
from export.gates import hold
from export.parity import Prover
from export.source import Source
from face_detect.command import InputError
from face_detect.crop import Pixels
from train.data import open_dataset
from train.data.record import Record
from train.inputs import normalise, whole

_BATCH = 512
_SPLIT = "test"


def measure_accuracy(data: Path, source: Source, prover: Prover, variant: str) -> list[Accuracy]:
    """Recall of the net and of its graph, class by class; their gates are held."""
    records = open_dataset(data, _SPLIT)
    before: list[Outputs] = []
    after: list[Outputs] = []
    for start in range(0, len(records), _BATCH):
        crops = _crops(records[start : start + _BATCH], source.contract.input.size)
        before.append(source.answer(normalise(crops, source.contract.input)))
        after.append(prover.run(variant, crops).outputs)
    labels = [record.labels for record in records]
    found = accuracy(np.concatenate(before), np.concatenate(after), labels, source.contract)
    if not found:
        raise InputError(f"{data}: no label of its pictures is one of the model's")
    for item in found:
        hold(item.gates(f"{variant}, {item.head}"))
    return found


def _crops(records: Sequence[Record], size: int) -> Pixels:
    return np.stack([whole(record.picture(), size) for record in records])
