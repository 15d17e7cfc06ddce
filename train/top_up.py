"""More pictures of chosen labels, out of other data."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from face_detect.command import InputError
from train.data.apart import apart
from train.data.open_dataset import open_dataset
from train.data.readable import readable
from train.data.record import Record
from train.plan import Plan, TopUp
from train.watch import Watch

if TYPE_CHECKING:
    from train.gather import Gathered


def offered(plan: Plan, wanted: TopUp, data: Gathered, watch: Watch) -> tuple[Record, ...]:
    """The pictures of the chosen labels: none that the run has already, nobody it is judged on."""
    dataset = readable(open_dataset(wanted.data, reading=plan.reading), watch.on_step)
    if dataset.framing not in (None, data.framing):
        raise InputError(
            f"{wanted.data}: holds {dataset.framing}s; what it is added to holds {data.framing}s"
        )
    chosen = [record for record in dataset.records if record.labels.get(plan.head) in wanted.labels]
    judged = [*data.valid.records, *data.test.records]
    for path in wanted.beside:
        judged += readable(open_dataset(path, reading=plan.reading), watch.on_step).records
    watch.say(f"{wanted.data}: looking for pictures that the run has already")
    # Who is learned from already may be learned from again; only the pictures have to be new.
    learned = [dataclasses.replace(record, subject=None) for record in data.kept]
    return apart(chosen, [*judged, *learned], on_step=watch.on_step).kept


def topped_up(data: Gathered, plan: Plan, wanted: TopUp, given: Sequence[Record]) -> Gathered:
    """So many of each chosen label, drawn by the seed; larger amounts hold the smaller ones."""
    drawn: list[Record] = []
    for label in wanted.labels:
        if label not in data.labels:
            raise InputError(
                f"{plan.data}: has no pictures of {label!r} to learn from, so there is nothing to"
                f" top up; it has {', '.join(data.labels)}"
            )
        own = [record for record in given if record.labels[plan.head] == label]
        if len(own) < wanted.amount:
            raise InputError(
                f"{wanted.data}: has {len(own)} pictures of {label!r} that training, validation and"
                f" test lack; {wanted.amount} are wanted"
            )
        order = np.random.default_rng(plan.parting_seed).permutation(len(own))
        drawn += [own[i] for i in order[: wanted.amount].tolist()]
    return dataclasses.replace(data, kept=(*data.kept, *drawn))
