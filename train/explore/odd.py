"""Pictures that may be no faces: flat, mostly one colour, or like no other picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from train.explore.look import Looks
from train.explore.neighbours import Neighbours

FLAT = 8.0
"""Grey levels of standard deviation; faces have 30 to 80."""
PLAIN = 0.5
"""Share of pixels with one level; of faces it is below a third nearly always."""
MOST = 30
_NEAREST = 5


@dataclass(frozen=True, kw_only=True)
class Odd:
    """Places in the records that were looked at, the oddest first."""

    flat: tuple[int, ...]
    plain: tuple[int, ...]
    """Text, watermarks and drawings on one colour."""
    lonely: tuple[int, ...]
    """Farthest from the pictures most like them; there are always some, odd or not."""


def find_odd(looks: Looks, near: Neighbours) -> Odd:
    """A picture is in one list only."""
    flat = _worst(FLAT - looks.contrast)
    plain = [place for place in _worst(looks.plain - PLAIN) if place not in flat]
    apart = near.distances[:, :_NEAREST].mean(1) if near.distances.size else np.zeros(0)
    order = np.argsort(-apart, kind="stable")[: 2 * MOST].tolist()
    lonely = [place for place in order if place not in flat and place not in plain]
    return Odd(flat=tuple(flat), plain=tuple(plain), lonely=tuple(lonely[:MOST]))


def _worst(above: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
    """Where it is above 0, the most first."""
    order: list[int] = np.argsort(-above, kind="stable").tolist()
    return [place for place in order if above[place] > 0]
