"""What samples say: their spread, their tail, and how sure a median or a ratio is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from face_detect.command import MachineError

RESAMPLES = 2000
CONFIDENCE = 0.95
_SEED = 20
_AT_ONCE = 2_000_000
"""Numbers that a bootstrap holds at a time: a long series is resampled in parts."""
Race: TypeAlias = tuple[Sequence[float], Sequence[float]]
"""Ours and theirs, of two contestants that took turns on the same inputs."""
_Samples = npt.NDArray[np.float64]
_Picks = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """In the unit of the samples, but for `count`."""

    count: int
    mean: float
    sd: float
    """Of the sample (n − 1); 0 for a single one."""
    min: float
    p50: float
    p90: float
    p95: float
    p99: float
    max: float
    p50_low: float
    p50_high: float
    """The median's 95% interval, from a bootstrap with a fixed seed.

    Of these frames, drawn as if none knew of another; another run may lie elsewhere.
    """


@dataclass(frozen=True, kw_only=True)
class RatioSummary:
    """How many times as fast ours is: their time divided by ours."""

    count: int
    """Pairs."""
    mean_ratio: float
    """Of the means, so that a slow frame weighs as much as it is felt."""
    low: float
    high: float
    """The 95% interval of `mean_ratio`, from a bootstrap over the pairs with a fixed seed.

    Of these frames, drawn as if none knew of another; another run may lie elsewhere.
    """
    p50: float
    min: float
    max: float
    """Of the single pairs' ratios."""


def summarise(samples: Sequence[float]) -> Summary:
    """Every sample counts: a slow one is what a user feels, so none is dropped as an outlier."""
    values = _checked(samples)
    p50, p90, p95, p99 = (float(np.percentile(values, rank)) for rank in (50, 90, 95, 99))
    p50_low, p50_high = _median_interval(values)
    return Summary(
        count=values.size,
        mean=float(values.mean()),
        sd=float(values.std(ddof=1)) if values.size > 1 else 0.0,
        min=float(values.min()),
        p50=p50,
        p90=p90,
        p95=p95,
        p99=p99,
        max=float(values.max()),
        p50_low=p50_low,
        p50_high=p50_high,
    )


def ratio_of(ours: Sequence[float], theirs: Sequence[float]) -> RatioSummary:
    """Of two contestants that took turns on the same inputs."""
    mine, other = _checked(ours), _checked(theirs)
    if mine.size != other.size or not (mine > 0).all():
        raise MachineError("the measurement is invalid: times of pairs are missing or zero")
    each = other / mine
    low, high = _interval(_resampled_ratios(mine, other, _SEED))
    return RatioSummary(
        count=mine.size,
        mean_ratio=float(other.sum() / mine.sum()),
        low=low,
        high=high,
        p50=float(np.median(each)),
        min=float(each.min()),
        max=float(each.max()),
    )


def growth_interval(old: Sequence[float], new: Sequence[float]) -> tuple[float, float]:
    """The 95% interval of new mean / old mean, of two runs that share nothing.

    Of these frames, drawn one by one as if none knew of another: frames that follow each other are
    alike, so yet another run of the same code may lie outside.
    """
    before, after = _checked(old), _checked(new)
    old_means, new_means = (
        np.concatenate([values[picks].mean(axis=1) for picks in _resamples(values.size, seed)])
        for seed, values in enumerate((before, after), _SEED)
    )
    return _growth(old_means, new_means)


def growth_of_pairs(old: Race, new: Race) -> tuple[float, float]:
    """The 95% interval of new ratio / old ratio; of these pairs, as in `growth_interval`."""
    before, after = (
        _resampled_ratios(_checked(ours), _checked(theirs), seed)
        for seed, (ours, theirs) in enumerate((old, new), _SEED)
    )
    return _growth(before, after)


def _growth(before: _Samples, after: _Samples) -> tuple[float, float]:
    """A resample that drew nothing but zeros counts as the least that was drawn besides."""
    least = min(before[before > 0], default=0.0)
    if not least:
        raise MachineError("the measurement is invalid: nothing can be compared with zeros")
    return _interval(after / np.maximum(before, least))


def _resampled_ratios(ours: _Samples, theirs: _Samples, seed: int) -> npt.NDArray[np.float64]:
    """Of the means, once a resample; pairs are drawn together."""
    resamples = _resamples(ours.size, seed)
    return np.concatenate(
        [theirs[picks].sum(axis=1) / ours[picks].sum(axis=1) for picks in resamples]
    )


def _checked(samples: Sequence[float]) -> _Samples:
    values = np.array(samples, np.float64)
    if values.size == 0 or not np.isfinite(values).all() or (values < 0).any():
        raise MachineError("the measurement is invalid: times are missing, negative or no numbers")
    return values


def _median_interval(values: _Samples) -> tuple[float, float]:
    medians = [np.median(values[picks], axis=1) for picks in _resamples(values.size)]
    return _interval(np.concatenate(medians))


def _resamples(size: int, seed: int = _SEED) -> Iterator[_Picks]:
    """Indices of every resample, one a row; a fixed seed, so that a report can be made again."""
    rng = np.random.default_rng(seed)
    rows = max(1, _AT_ONCE // size)
    for begin in range(0, RESAMPLES, rows):
        yield rng.integers(0, size, (min(rows, RESAMPLES - begin), size))


def _interval(figures: npt.NDArray[np.float64]) -> tuple[float, float]:
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.percentile(figures, [tail, 100 - tail])
    return float(low), float(high)
