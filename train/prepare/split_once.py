"""Every picture's part, decided once: nobody whose name is known is in two of them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from train.data.record import Record
from train.data.split import split
from train.prepare.options import PrepareOptions

_STRONGEST = ("private", "test", "valid", "train")
"""Which of the data's own parts someone stays in who is in several: training can do without."""


@dataclass(frozen=True, kw_only=True)
class Split:
    """The records with their parts, in their order."""

    records: tuple[Record, ...]
    drawn: bool
    """Whether the seed drew the parts, for want of the data's own."""
    in_two: int
    """Pictures that are in no part, since who is on them is in another."""


def split_once(records: Sequence[Record], options: PrepareOptions) -> Split:
    """By the data's own parts, if they have any; otherwise by the seed. Where it is to draw none,
    whoever learns from them draws."""
    if any(record.split for record in records):
        return _own(records)
    if not (options.test or options.valid):
        return Split(records=tuple(records), drawn=False, in_two=0)
    parts = _drawn(records, options)
    marked = [dataclasses.replace(record, split=parts[i]) for i, record in enumerate(records)]
    return Split(records=tuple(marked), drawn=True, in_two=0)


def _own(records: Sequence[Record]) -> Split:
    home: dict[str, str] = {}
    for part in _STRONGEST:
        for record in records:
            if record.subject and record.split == part:
                home.setdefault(record.subject, part)
    kept = [
        dataclasses.replace(record, split=None)
        if record.subject and record.split != home.get(record.subject)
        else record
        for record in records
    ]
    in_two = sum(a.split != b.split for a, b in zip(records, kept, strict=True))
    return Split(records=tuple(kept), drawn=False, in_two=in_two)


def _drawn(records: Sequence[Record], options: PrepareOptions) -> list[str]:
    """Test first, then validation out of what is left, so that their shares are of the whole."""
    places = {id(record): i for i, record in enumerate(records)}
    parts = ["train"] * len(records)
    head = options.head or most_known(records)
    rest = list(records)
    for number, (part, share) in enumerate((("test", options.test), ("valid", options.valid))):
        if share:
            share *= len(records) / len(rest)
            rest, held = split(rest, share, seed=options.seed + number, head=head)
            for record in held:
                parts[places[id(record)]] = part
    return parts


def most_known(records: Sequence[Record]) -> str:
    """The head that most pictures have a label of."""
    counts = Counter(head for record in records for head in record.labels)
    return max(sorted(counts), key=lambda head: counts[head], default="emotion")
