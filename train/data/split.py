"""Hold a part of the records back: nobody in both parts, and each label in its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from face_detect.command import InputError
from train.data.record import Record


def split(
    records: Sequence[Record],
    share: float,
    *,
    seed: int,
    head: str | Sequence[str] | Callable[[Record], str] = "emotion",
) -> tuple[list[Record], list[Record]]:
    """The rest, and a part with about `share` of every label; drawn once, by the seed.

    Of several heads it has that share of every combination of what pictures know, or of what is
    said of them otherwise.
    All pictures of one subject fall on the same side. A record without a known subject is alone.
    """
    if not 0 < share < 1:
        raise InputError(f"a share of {share:g} to hold back is not between 0 and 1")
    groups = _by_subject(records)
    labels = [head(record) if callable(head) else record.said(head) for record in records]
    wanting = {label: share * count for label, count in Counter(labels).items()}
    held: set[int] = set()
    for chosen in np.random.default_rng(seed).permutation(len(groups)).tolist():
        counts = Counter(labels[index] for index in groups[chosen])
        # Take whom the part comes nearer to its shares with: |w - n| < |w|, label by label.
        gain = sum(abs(wanting[x]) - abs(wanting[x] - n) for x, n in counts.items())
        if gain > 0:
            held.update(groups[chosen])
            for label, count in counts.items():
                wanting[label] -= count
    if not held or len(held) == len(records):
        raise InputError(f"{len(groups)} pictures or people are too few to hold a part back")
    return (
        [record for index, record in enumerate(records) if index not in held],
        [record for index, record in enumerate(records) if index in held],
    )


def _by_subject(records: Sequence[Record]) -> list[list[int]]:
    groups: dict[object, list[int]] = {}
    for index, record in enumerate(records):
        key = index if record.subject is None else record.subject
        groups.setdefault(key, []).append(index)
    return list(groups.values())
