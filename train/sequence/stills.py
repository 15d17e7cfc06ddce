"""Which pictures the made sequences are of: some to learn from, others to judge by."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from face_detect.command import InputError
from face_detect.crop import Pixels
from train.contract import Contract, Head
from train.crops import AskedFraming, crops_of
from train.data.apart import apart
from train.data.dataset import Dataset
from train.data.split import split
from train.judge import truth_of
from train.sequence.make_clips import Indices
from train.thinned import read_most, thinned

LEAST = 20
"""Fewer stills teach no head, and judge none."""


@dataclass(frozen=True, kw_only=True)
class Stills:
    """Faces that were found, with a label that the head knows."""

    crops: Pixels
    """RGB [N, S, S, 3]."""
    truth: Indices

    def __len__(self) -> int:
        return len(self.truth)


def stills(
    dataset: Dataset,
    contract: Contract,
    head: Head,
    *,
    framing: AskedFraming = "auto",
    most: str = "",
    seed: int,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Stills, Stills]:
    """Halves of what the model has not learned from: nobody and no picture is in both."""
    known = tuple(r for r in dataset.records if r.labels.get(head.name) in head.labels)
    if len(known) < 2 * LEAST:
        raise InputError(
            f"{dataset.name}: has {len(known)} pictures with a label of {head.name} that the model"
            f" knows, and {2 * LEAST} are needed"
        )
    known = thinned(known, read_most(most), head=head.name, seed=seed)
    first, second = split(known, 0.5, seed=seed, head=head.name)
    parts = (apart(first, second).kept, tuple(second))
    total = sum(map(len, parts))
    found = []
    for done, records in zip((0, len(parts[0])), parts, strict=True):
        part = dataclasses.replace(dataset, records=records)
        found.append(_cut(part, contract, head, framing, _from(done, total, on_step)))
    learn, judge = found
    return learn, judge


def _cut(
    dataset: Dataset,
    contract: Contract,
    head: Head,
    framing: AskedFraming,
    on_step: Callable[[int, int], None],
) -> Stills:
    crops = crops_of(dataset, contract, framing=framing, on_step=on_step)
    truth = truth_of(dataset.records, head)[crops.found]
    if len(truth) < LEAST or len(np.unique(truth)) < 2:
        raise InputError(
            f"{dataset.name}: half of it shows {len(truth)} faces of {len(np.unique(truth))}"
            f" label(s); {LEAST} of two labels are needed"
        )
    return Stills(crops=crops.pixels[crops.found], truth=truth)


def _from(done: int, total: int, on_step: Callable[[int, int], None]) -> Callable[[int, int], None]:
    return lambda step, _: on_step(done + step, total)
