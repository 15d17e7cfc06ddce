"""How far apart the groups of one attribute are, and whether chance could have put them there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from train.slices import FACE_SIZE

LEAST = 20
"""Groups with fewer faces are in no comparison."""
CHANCE = 0.05


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
    p: float
    """How likely any two of the groups would be so far apart by chance."""

    @property
    def beyond_chance(self) -> bool:
        return self.p < CHANCE

    def sentence(self) -> str:
        """It in words."""
        return (
            f"{self.attribute}: from {self.low:.1%} ({self.lowest}) to {self.high:.1%}"
            f" ({self.highest}), {100 * (self.high - self.low):.1f} points apart,"
            f" {'more than chance' if self.beyond_chance else 'which may be chance'}"
            f" (p {self.p:.2g})"
        )


def gaps(parts: Sequence[Share]) -> tuple[Gap, ...]:
    """Of each attribute with two groups that are large enough; faces' sizes are no attribute."""
    return tuple(_gaps(parts))


def _gaps(parts: Sequence[Share]) -> Iterator[Gap]:
    for attribute, group in groupby(parts, lambda part: part.attribute):
        large = [
            (part.share, part) for part in group if part.share is not None and part.counted >= LEAST
        ]
        if attribute == FACE_SIZE or len(large) < 2:
            continue
        large.sort(key=lambda pair: pair[0])
        (low, lowest), (high, highest) = large[0], large[-1]
        pairs = len(large) * (len(large) - 1) / 2
        yield Gap(
            attribute=attribute,
            lowest=lowest.value,
            low=low,
            highest=highest.value,
            high=high,
            p=min(1.0, pairs * _chance(low, lowest.counted, high, highest.counted)),
        )


def _chance(low: float, few: int, high: float, many: int) -> float:
    """Two shares of so many: the z test with one share for both."""
    both = (low * few + high * many) / (few + many)
    deviation = math.sqrt(both * (1 - both) * (1 / few + 1 / many))
    return math.erfc((high - low) / deviation / math.sqrt(2)) if deviation else 1.0
