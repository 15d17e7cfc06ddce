"""Labelled pictures through a graph in Chromium, beside the same through the net."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from export.accuracy import Accuracy, accuracy
from export.drift import Outputs
from export.parity import Prover
from export.source import Source
from face_detect.command import InputError
from face_detect.crop import Pixels
from train.data import open_dataset
from train.data.record import Record
from train.inputs import normalise, whole

_BATCH = 512
_SPLIT = "test"


@dataclass(frozen=True, kw_only=True)
class LabelledSet:
    """Labelled pictures, and what the net itself says to them."""

    records: Sequence[Record]
    reference: Outputs


def ask_labelled(data: Path, source: Source) -> LabelledSet:
    """Put the test pictures of a data set to the net itself."""
    records, spec = open_dataset(data, _SPLIT).records, source.contract.input
    answers = [source.answer(normalise(crops, spec)) for crops in _crops(records, spec.size)]
    known = LabelledSet(records=records, reference=np.concatenate(answers))
    if not _beside(known, known.reference, source):
        raise InputError(f"{data}: no label of its pictures is one of the model's")
    return known


def measure_accuracy(
    known: LabelledSet, source: Source, prover: Prover, variant: str
) -> list[Accuracy]:
    """Recall of the net and of its graph, class by class."""
    batches = _crops(known.records, source.contract.input.size)
    answers = [prover.run(variant, crops).outputs for crops in batches]
    return _beside(known, np.concatenate(answers), source)


def _beside(known: LabelledSet, after: Outputs, source: Source) -> list[Accuracy]:
    labels = [record.labels for record in known.records]
    return accuracy(known.reference, after, labels, source.contract)


def _crops(records: Sequence[Record], size: int) -> Iterator[Pixels]:
    """Decoded again each time: a whole data set of crops may not fit into memory."""
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        yield np.stack([whole(record.picture(), size) for record in batch])
