"""Paths of plots, in a square of 100 × 100 that the page stretches; y grows downwards."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

BINS = 48
POINTS = 300
SIDE = 100.0
_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def ridge(samples: Sequence[float], most: float) -> str:
    """How often each value came, as a closed outline; what lies over `most` counts as `most`."""
    counts, _ = np.histogram(np.clip(samples, 0, most), bins=BINS, range=(0, most))
    smooth = np.convolve(np.pad(counts, 2), [0.1, 0.2, 0.4, 0.2, 0.1], "valid")
    heights = smooth / smooth.max() * (SIDE - 4)
    middles = (np.arange(BINS) + 0.5) / BINS * SIDE
    line = [f"L{x:.1f},{SIDE - y:.1f}" for x, y in zip(middles, heights, strict=True)]
    return f"M0,{SIDE:g}{''.join(line)}L{SIDE:g},{SIDE:g}Z"


def timeline(samples: Sequence[float], most: float) -> str:
    """Samples in their order, as a line; an axis from 0 to `most`."""
    heights = _extremes(np.array(samples, np.float64))
    across = np.linspace(0, SIDE, heights.size) if heights.size > 1 else np.array([SIDE / 2])
    points = [
        f"{x:.1f},{SIDE - percent(y, most):.1f}" for x, y in zip(across, heights, strict=True)
    ]
    return f"M{'L'.join(points)}"


def percent(value: float, most: float) -> float:
    """A value's share of an axis from 0 to `most`."""
    return max(0.0, min(100.0, 100 * value / most))


def axis(most: float) -> float:
    """The round number at which an axis ends that has to hold a value."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return next((step * power for step in _STEPS if step * power >= most), 10 * power)


def _extremes(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of a long series the least and the most of each part, so that no peak is lost."""
    if values.size <= 2 * POINTS:
        return values
    return np.ravel([(part.min(), part.max()) for part in np.array_split(values, POINTS)])
