"""Equal and nearly equal pictures: within one list of records, and across splits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.data.prints import OnStep, Prints, take_prints
from train.data.record import Record

# On FER2013 every pair within these limits that was looked at was one photograph: saved anew,
# moved by a pixel or two, or with another watermark.
MOST_BITS = 10
"""Of the hash's 64 that may differ before two pictures are compared by their pixels."""
MOST_DIFFERENCE = 10.0
"""Mean difference of two thumbnails, in grey levels, up to which they are one picture."""
MOST_OF_CONTRAST = 0.5
"""The same as a share of the picture's own contrast, without which all dark ones look alike."""
_BLOCK = 256
_CHUNK = 1 << 14

_Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two pictures that are one, by their places."""

    first: int
    second: int
    exact: bool
    difference: float
    """Of the thumbnails, in mean grey levels; nought for exact copies."""


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """A record taken out of training, and the nearest one elsewhere that it repeats."""

    record: Record
    like: Record
    exact: bool
    difference: float


def without_duplicates(
    train: Sequence[Record], others: Sequence[Record], *, on_step: OnStep = lambda done, total: None
) -> tuple[list[Record], list[Dropped]]:
    """Training records that no other split has, and those that were taken out for that.

    Only training loses pictures: the other splits stay what everyone else measures on.
    """
    prints = take_prints([*train, *others], on_step)
    ours, theirs = prints.part(0, len(train)), prints.part(len(train), len(prints))
    nearest: dict[int, Pair] = {}
    for pair in [*_exact_across(ours, theirs), *_near(ours, theirs)]:
        known = nearest.setdefault(pair.first, pair)
        if not known.exact and pair.difference < known.difference:
            nearest[pair.first] = pair
    kept = [record for index, record in enumerate(train) if index not in nearest]
    return kept, [
        Dropped(
            record=train[pair.first],
            like=others[pair.second],
            exact=pair.exact,
            difference=pair.difference,
        )
        for _, pair in sorted(nearest.items())
    ]


def duplicate_groups(prints: Prints, *, near: bool = True) -> list[list[int]]:
    """The places of pictures that are one, group by group; `near` for more than exact copies."""
    leader = list(range(len(prints)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = index = leader[leader[index]]
        return index

    for pair in [*_exact_within(prints), *(_near(prints, prints) if near else ())]:
        first, second = sorted((lead(pair.first), lead(pair.second)))
        leader[second] = first
    groups: dict[int, list[int]] = {}
    for index in range(len(prints)):
        groups.setdefault(lead(index), []).append(index)
    return [group for group in groups.values() if len(group) > 1]


def conflicting(
    groups: Sequence[Sequence[int]], records: Sequence[Record], head: str = "emotion"
) -> list[list[int]]:
    """The groups whose pictures carry more than one label."""
    return [
        list(group)
        for group in groups
        if len({records[index].labels.get(head) for index in group} - {None}) > 1
    ]


def _exact_across(ours: Prints, theirs: Prints) -> Iterator[Pair]:
    places = {digest: index for index, digest in reversed(list(enumerate(theirs.exact)))}
    for index, digest in enumerate(ours.exact):
        if digest in places:
            yield Pair(first=index, second=places[digest], exact=True, difference=0.0)


def _exact_within(prints: Prints) -> Iterator[Pair]:
    places: dict[bytes, int] = {}
    for index, digest in enumerate(prints.exact):
        first = places.setdefault(digest, index)
        if first != index:
            yield Pair(first=first, second=index, exact=True, difference=0.0)


def _near(ours: Prints, theirs: Prints) -> Iterator[Pair]:
    """Pairs whose hashes are close and whose pixels then prove to be."""
    for start in range(0, len(ours), _BLOCK):
        bits = np.bitwise_count(ours.hashes[start : start + _BLOCK, None] ^ theirs.hashes)
        rows, columns = np.nonzero(bits <= MOST_BITS)
        rows += start
        if ours is theirs:
            rows, columns = rows[rows < columns], columns[rows < columns]
        for at in range(0, len(rows), _CHUNK):
            chunk = slice(at, at + _CHUNK)
            yield from _proven(ours, theirs, rows[chunk], columns[chunk])


def _proven(ours: Prints, theirs: Prints, rows: _Indices, columns: _Indices) -> Iterator[Pair]:
    first, second = ours.thumbs[rows].astype(np.int16), theirs.thumbs[columns].astype(np.int16)
    difference = np.abs(first - second).mean(axis=1)
    contrast = np.abs(first - first.mean(axis=1, keepdims=True)).mean(axis=1)
    proven = difference <= np.minimum(MOST_DIFFERENCE, MOST_OF_CONTRAST * contrast)
    for row, column, apart in zip(rows[proven], columns[proven], difference[proven], strict=True):
        yield Pair(first=int(row), second=int(column), exact=False, difference=float(apart))
