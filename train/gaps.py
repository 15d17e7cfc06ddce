"""How far apart the groups of one attribute are, and whether chance could have put them there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from typing import Protocol

from train.slices import FACE_SIZE

LEAST = 20
"""Groups with fewer faces are in no comparison."""
CHANCE = 0.05
_ENOUGH = 5
"""Of the rarer answers that either group must expect, for the z test to hold."""


class Share(Protocol):
    """What of a group is right, or stays as it is."""

    @property
    def attribute(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def counted(self) -> int: ...
    @property
    def share(self) -> float | None: ...


@dataclass(frozen=True, kw_only=True)
class Gap:
    """The lowest and the highest group of an attribute."""

    attribute: str
    lowest: str
    low: float
    highest: str
    high: float
    surest: tuple[str, str]
    """The lower and the higher of the two groups that are least likely apart by chance: small
    groups at the ends do not hide what large ones show."""
    p: float
    """How likely any two of the groups would be so surely apart by chance."""

    @property
    def beyond_chance(self) -> bool:
        return self.p < CHANCE

    def sentence(self) -> str:
        """It in words."""
        others = self.surest != (self.lowest, self.highest)
        pair = f"{self.surest[0]} against {self.surest[1]}, " if others else ""
        return (
            f"{self.attribute}: from {self.low:.1%} ({self.lowest}) to {self.high:.1%}"
            f" ({self.highest}), {100 * (self.high - self.low):.1f} points apart,"
            f" {'more than chance' if self.beyond_chance else 'which may be chance'}"
            f" ({pair}p {self.p:.2g})"
        )


@dataclass(frozen=True, kw_only=True)
class _Group:
    value: str
    share: float
    counted: int


def gaps(parts: Sequence[Share]) -> tuple[Gap, ...]:
    """Of each attribute with two groups that are large enough; faces' sizes are no attribute."""
    return tuple(_gaps(parts))


def _gaps(parts: Sequence[Share]) -> Iterator[Gap]:
    for attribute, group in groupby(parts, lambda part: part.attribute):
        large = [
            _Group(value=part.value, share=part.share, counted=part.counted)
            for part in group
            if part.share is not None and part.counted >= LEAST
        ]
        if attribute == FACE_SIZE or len(large) < 2:
            continue
        large.sort(key=lambda own: own.share)
        pairs = list(combinations(large, 2))
        # Between equals the pair that is furthest apart, which is what is told of first.
        p, _, surest = min(
            (_chance(low, high), low.share - high.share, (low.value, high.value))
            for low, high in pairs
        )
        yield Gap(
            attribute=attribute,
            lowest=large[0].value,
            low=large[0].share,
            highest=large[-1].value,
            high=large[-1].share,
            surest=surest,
            p=min(1.0, len(pairs) * p),
        )


def _chance(low: _Group, high: _Group) -> float:
    """Two groups of one share: the z test, or Fisher's exact one where answers are too rare."""
    right = [round(own.share * own.counted) for own in (low, high)]
    whole = low.counted + high.counted
    rarer = right if 2 * sum(right) <= whole else [low.counted - right[0], high.counted - right[1]]
    if sum(rarer) * min(low.counted, high.counted) < _ENOUGH * whole:
        return _fisher(rarer[0], low.counted, sum(rarer), whole)
    both = sum(right) / whole
    deviation = math.sqrt(both * (1 - both) * (1 / low.counted + 1 / high.counted))
    return math.erfc((high.share - low.share) / deviation / math.sqrt(2))


def _fisher(found: int, group: int, rare: int, whole: int) -> float:
    """How likely chance puts `found` of the rare ones into the group, or any less likely number."""
    ways = [
        math.comb(group, count) * math.comb(whole - group, rare - count)
        for count in range(min(group, rare) + 1)
    ]
    return sum(count for count in ways if count <= ways[found]) / math.comb(whole, rare)
