"""Student's t distribution: what a mean of few values may be by chance."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_STEPS = 4001
_MANY = 1e6
"""Degrees of freedom beyond which it is the normal distribution."""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A mean and the 95% interval around it; one value has no interval."""

    mean: float
    low: float | None
    high: float | None
    count: int


def t_interval(values: Sequence[float], level: float = 0.95) -> Interval:
    """Of the mean of values that were drawn alike, as those of seeds are."""
    mean, count = statistics.fmean(values), len(values)
    if count < 2:
        return Interval(mean=mean, low=None, high=None, count=count)
    reach = t_quantile(level, count - 1) * statistics.stdev(values) / math.sqrt(count)
    return Interval(mean=mean, low=mean - reach, high=mean + reach, count=count)


def t_chance(t: float, freedom: float) -> float:
    """How often |T| is as large as this: with t = √ν tan θ, an integral of cos θ to the ν − 1."""
    freedom = min(freedom, _MANY)
    angles = np.linspace(math.atan(abs(t) / math.sqrt(freedom)), math.pi / 2, _STEPS)
    logs = (freedom - 1) * np.log(np.maximum(np.cos(angles), 1e-300))
    scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(math.pi) / 2
    values = np.exp(logs + scale)
    weights = np.ones(_STEPS)  # Simpson's rule
    weights[1:-1:2], weights[2:-1:2] = 4, 2
    step = float(angles[1] - angles[0])
    return min(1.0, 2 * float((values * weights).sum()) * step / 3)


def t_quantile(level: float, freedom: float) -> float:
    """The t that |T| stays below with this chance."""
    low, high = 0.0, 1.0
    while t_chance(high, freedom) > 1 - level:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_chance(middle, freedom) > 1 - level else (low, middle)
    return high
