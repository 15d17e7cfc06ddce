"""Labelled pictures through a graph in Chromium, beside the same through the net."""

from __future__ import annotations

import dataclasses
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
from train.contract import Contract
from train.crops import crops_of, detector_of, resolve_framing
from train.data.reading import Reading
from train.data.record import Record
from train.inputs import normalise
from train.judged_part import judged_part
from train.model_task import reading_for

_BATCH = 512


@dataclass(frozen=True, kw_only=True)
class LabelledSet:
    """Labelled pictures, and what the net itself says to them."""

    records: Sequence[Record]
    reference: Outputs
    unused: tuple[str, ...] = ()
    """The data that know nothing that the model answers."""


def ask_labelled(data: Sequence[Path], source: Source) -> LabelledSet:
    """Put to the net itself the pictures of data that it is judged on, where a face is found."""
    found = [(path, tuple(_judged(path, source))) for path in data]
    records = [record for _, own in found for record in own]
    if not records:
        given = ", ".join(map(str, data))
        raise InputError(f"{given}: no label of its pictures is one of the model's")
    kept: list[Record] = []
    answers = []
    for batch, crops in _crops(records, source.contract):
        kept += batch
        answers.append(source.answer(normalise(crops, source.contract.input)))
    if not kept:
        raise InputError(f"{', '.join(map(str, data))}: no face was found in any picture")
    unused = tuple(path.name for path, own in found if not own)
    return LabelledSet(records=kept, reference=np.concatenate(answers), unused=unused)


def measure_accuracy(
    known: LabelledSet, source: Source, prover: Prover, variant: str
) -> list[Accuracy]:
    """Recall of the net and of its graph, class by class."""
    batches = _crops(known.records, source.contract)
    answers = [prover.run(variant, crops).outputs for _, crops in batches]
    labels = [record.labels for record in known.records]
    return accuracy(known.reference, np.concatenate(answers), labels, source.contract)


def _judged(path: Path, source: Source) -> Iterator[Record]:
    """By the model's own table; none of data that know nothing that it answers. Each says how it is
    framed, since other data may be otherwise."""
    folder, contract = source.folder, source.contract
    reading = reading_for(folder, contract, None) if folder else Reading()
    dataset, _ = judged_part(path, models=[folder] if folder else [], reading=reading)
    heads = {head.name: head.labels for head in contract.heads}
    if not any(each.labels.get(name) in heads[name] for each in dataset.records for name in heads):
        return
    framing = resolve_framing("auto", dataset, contract.crop)
    for record in dataset.records:
        yield dataclasses.replace(record, framing=record.framing or framing)


def _crops(
    records: Sequence[Record], contract: Contract
) -> Iterator[tuple[Sequence[Record], Pixels]]:
    """Cut out again each time: a whole data set of crops may not fit into memory."""
    photos = any(record.framing == "photo" for record in records)
    detector = detector_of(contract) if photos else None
    for start in range(0, len(records), _BATCH):
        batch = records[start : start + _BATCH]
        crops = crops_of(batch, contract, framing="crop", detector=detector)
        if crops.found.any():
            kept = [record for record, yes in zip(batch, crops.found, strict=True) if yes]
            yield kept, crops.pixels[crops.found]
