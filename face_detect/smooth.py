"""Exponential smoothing over time: `web/src/core/smooth.ts` is the same arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence


class Smoother:
    """After `constant_ms` a change has come through by 63%, however many values came meanwhile."""

    def __init__(self, constant_ms: float) -> None:
        self.constant_ms = constant_ms
        self._values: list[float] | None = None
        self._last_ms = 0.0

    def next(self, values: Sequence[float], now_ms: float) -> list[float]:
        before = self._values
        if before is None or len(before) != len(values):
            smooth = list(values)
        else:
            passed_ms = max(0.0, now_ms - self._last_ms)
            fresh = 1 - math.exp(-passed_ms / self.constant_ms)
            smooth = [
                old + (value - old) * fresh for old, value in zip(before, values, strict=True)
            ]
        self._values, self._last_ms = smooth, now_ms
        return list(smooth)

    def reset(self) -> None:
        self._values = None
