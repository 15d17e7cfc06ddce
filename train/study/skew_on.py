"""Which labels a model says too often on a dataset, and what that dataset's parts share."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from torch import nn

from face_detect.command import InputError
from train.contract import Contract
from train.crops import AskedFraming, resolve_framing
from train.data.apart import Apart, apart
from train.data.dataset import Dataset
from train.evaluate import NO_ANSWER, Evaluation, evaluate
from train.fit import predict
from train.judged_part import Part
from train.skew import Skew, skew
from train.source import Source
from train.watch import Watch


@dataclass(frozen=True, kw_only=True)
class SkewOn:
    """One model on one dataset."""

    data: str
    part: Part
    figures: Evaluation
    skew: Skew
    shared: Apart | None
    """What the part to learn from shares with the judged one; None where there is no such part."""


def known_part(dataset: Dataset, contract: Contract, framing: AskedFraming) -> Dataset:
    """The pictures whose label the model knows."""
    (head,) = contract.heads
    records = tuple(r for r in dataset.records if r.labels.get(head.name) in head.labels)
    if not records:
        raise InputError(
            f"{dataset.name}: no picture has a label of {head.name} that the model knows"
            f" ({', '.join(head.labels)})"
        )
    framing = resolve_framing(framing, dataset, contract.crop)
    return dataclasses.replace(dataset, records=records, framing=framing)


def skew_on(
    net: nn.Module,
    contract: Contract,
    dataset: Dataset,
    *,
    part: Part,
    source: Source,
    watch: Watch,
    learned: Dataset | None = None,
) -> SkewOn:
    """Ask the model for every picture; skew is of the faces that were found.

    `learned` is the part that the judged one has to be strange to.
    """
    (head,) = contract.heads
    pictures = source.judged(dataset, contract, watch)
    truth = pictures.samples.targets.numpy()
    said = predict(net, contract, pictures.samples).argmax(1).numpy()
    found = pictures.found
    return SkewOn(
        data=dataset.name,
        part=part,
        figures=evaluate(np.where(found, said, NO_ANSWER), truth, head.labels),
        skew=skew(said[found], truth[found], head.labels),
        shared=_shared(learned, dataset, watch) if learned else None,
    )


def _shared(learned: Dataset, judged: Dataset, watch: Watch) -> Apart:
    watch.say(f"{judged.name}: looking for what its parts share")
    return apart(learned.records, judged.records, on_step=watch.on_step)
