"""Fewer pictures of some labels: what an unbalanced training set does, or a balanced one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from face_detect.command import InputError
from train.data.record import Record

EVERY = "*"


def read_most(text: str) -> dict[str, int]:
    """Of "500" a number for every label, of "sad=500,fear=300" one for each of these."""
    found = {}
    for part in text.split(",") if text else ():
        label, _, number = part.rpartition("=")
        if not number.isdecimal() or not int(number):
            raise InputError(f"most is {text!r}, neither a number nor label=number,...")
        found[label or EVERY] = int(number)
    return found


def thinned(
    records: Sequence[Record], most: Mapping[str, int], *, head: str, seed: int
) -> tuple[Record, ...]:
    """As many of each label as may be, drawn by the seed, in their order."""
    _check(most, {record.labels[head] for record in records})
    left = dict(most)
    kept = set()
    for i in np.random.default_rng(seed).permutation(len(records)).tolist():
        label = records[i].labels[head]
        if left.setdefault(label, most.get(EVERY, len(records))):
            left[label] -= 1
            kept.add(i)
    return tuple(record for i, record in enumerate(records) if i in kept)


def _check(most: Mapping[str, int], labels: Collection[str]) -> None:
    for label in most:
        if label != EVERY and label not in labels:
            raise InputError(f"most: no picture is labelled {label!r}, only {sorted(labels)}")
