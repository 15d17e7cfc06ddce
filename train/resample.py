"""A clip's frames, whenever they come, as samples at one rate; plain arithmetic as `score`."""

from __future__ import annotations

import math
from dataclasses import dataclass

LONGEST_GAP_S = 0.5
"""Frames further apart say nothing about the time between them."""

Values = tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Curves:
    """One head's probabilities over the frames of a clip; None where there is no face."""

    labels: tuple[str, ...]
    times_s: tuple[float, ...]
    probabilities: tuple[Values | None, ...]
    uncertain: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class Samples:
    """A clip at the common rate."""

    values: list[Values | None]
    uncertain: list[bool]

    def __len__(self) -> int:
        return len(self.values)


def resample(curves: Curves, rate_hz: int) -> Samples:
    """Straight lines between frames, from the first to the last."""
    times = [time_s - curves.times_s[0] for time_s in curves.times_s]
    # Rounded, so that n frames at this very rate give n samples.
    count = math.floor(times[-1] * rate_hz + 0.5) + 1
    values: list[Values | None] = []
    uncertain = []
    right = 0
    for sample in range(count):
        time_s = min(sample / rate_hz, times[-1])
        while right < len(times) - 1 and times[right] < time_s:
            right += 1
        left = max(0, right - 1)
        near = left if time_s - times[left] <= times[right] - time_s else right
        values.append(_between(curves, times, time_s, left, right, near))
        uncertain.append(curves.uncertain[near])
    return Samples(values=values, uncertain=uncertain)


def _between(
    curves: Curves, times: list[float], time_s: float, left: int, right: int, near: int
) -> Values | None:
    """What is seen between two frames; the nearer one decides whether there is a face."""
    before, after, nearest = (curves.probabilities[i] for i in (left, right, near))
    gap_s = times[right] - times[left]
    if nearest is None or abs(time_s - times[near]) > LONGEST_GAP_S / 2:
        return None
    if before is None or after is None or gap_s > LONGEST_GAP_S or gap_s <= 0:
        return nearest
    return mix(before, after, (time_s - times[left]) / gap_s)


def mix(before: Values, after: Values, part: float) -> Values:
    return tuple(old + (new - old) * part for old, new in zip(before, after, strict=True))
