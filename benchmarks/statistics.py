"""What a series of times says: its spread, its tail, and how sure the median is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from face_detect.command import MachineError

RESAMPLES = 2000
CONFIDENCE = 0.95
_SEED = 20


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Milliseconds, but for `count`."""

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
    """The median's 95% interval, from a bootstrap with a fixed seed."""


def summarise(samples_ms: Sequence[float]) -> Summary:
    """Every sample counts: a slow one is what a user feels, so none is dropped as an outlier."""
    times = np.array(samples_ms, np.float64)
    if times.size == 0 or not np.isfinite(times).all() or (times < 0).any():
        raise MachineError("the measurement is invalid: times are missing, negative or no numbers")
    p50, p90, p95, p99 = (float(np.percentile(times, rank)) for rank in (50, 90, 95, 99))
    p50_low, p50_high = _median_interval(times)
    return Summary(
        count=times.size,
        mean=float(times.mean()),
        sd=float(times.std(ddof=1)) if times.size > 1 else 0.0,
        min=float(times.min()),
        p50=p50,
        p90=p90,
        p95=p95,
        p99=p99,
        max=float(times.max()),
        p50_low=p50_low,
        p50_high=p50_high,
    )


def _median_interval(times: np.ndarray) -> tuple[float, float]:
    rng = np.random.default_rng(_SEED)
    medians = [np.median(rng.choice(times, times.size)) for _ in range(RESAMPLES)]
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.percentile(medians, [tail, 100 - tail])
    return float(low), float(high)
