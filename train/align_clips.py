"""Which moments of two clips belong together; plain arithmetic as `score`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from train.resample import Samples, Values, mix
from train.score_error import ScoreError
from train.score_options import ScoreOptions

EASED_S = 0.2
"""A sample is the average over so long, for nets waver from frame to frame and actors do not."""
OFFSET_COST_PER_S = 0.02
"""An offset must make the clips this much more alike, or none is seen."""
WARP_COST = 0.25
"""So much must change for an earlier or later moment to be taken for the same."""

Pair = tuple[int, int, int]
"""A sample of the first clip, one of the other, and how many samples the step to it has used up."""


@dataclass(frozen=True, kw_only=True)
class Aligned:
    """The parts of both clips that are compared, of one length and eased, and what meets what."""

    one: Samples
    other: Samples
    start: int
    """The sample of the first clip with which its part begins."""
    offset: int
    """By how many samples the other clip is late."""
    steps: list[Pair]
    """Samples of the two parts."""

    @property
    def path(self) -> tuple[Pair, ...]:
        """Samples of the two clips."""
        first, second = self.start, self.start + self.offset
        return tuple((i + first, j + second, used) for i, j, used in self.steps)


def align_clips(ours: Samples, theirs: Samples, options: ScoreOptions) -> Aligned:
    """Offset, then warp; both are found in an order that does not depend on which comes first."""
    swapped = _precedes(theirs, ours)
    offset = -_offset(theirs, ours, options) if swapped else _offset(ours, theirs, options)
    start, length = _overlap(len(ours), len(theirs), offset)
    one = _eased(_cut(ours, start, length), options.rate_hz)
    other = _eased(_cut(theirs, start + offset, length), options.rate_hz)
    steps = _warp(other, one, options) if swapped else _warp(one, other, options)
    if swapped:
        steps = [(i, j, used) for j, i, used in steps]
    return Aligned(one=one, other=other, start=start, offset=offset, steps=steps)


def _cut(samples: Samples, start: int, length: int) -> Samples:
    part = slice(start, start + length)
    return Samples(values=samples.values[part], uncertain=samples.uncertain[part])


def _eased(samples: Samples, rate_hz: int) -> Samples:
    """Each sample the average of its surroundings; one without a face stays so."""
    reach = math.floor(EASED_S / 2 * rate_hz + 0.5)
    values = [
        None if values is None else _mean(samples.values[max(0, i - reach) : i + reach + 1])
        for i, values in enumerate(samples.values)
    ]
    return Samples(values=values, uncertain=samples.uncertain)


def _mean(near: list[Values | None]) -> Values:
    seen = [values for values in near if values is not None]
    sums = [0.0] * len(seen[0])
    for values in seen:
        for i, value in enumerate(values):
            sums[i] += value
    return tuple(total / len(seen) for total in sums)


def _precedes(one: Samples, other: Samples) -> bool:
    """Any order will do that knows equal from different: the shorter first, then by values."""
    if len(one) != len(other):
        return len(one) < len(other)
    for values, others in zip(one.values, other.values, strict=True):
        if values != others:
            return values is None or (others is not None and values < others)
    return False


def _offset(first: Samples, second: Samples, options: ScoreOptions) -> int:
    """By how many samples the second is late; of equally good offsets the smallest."""
    one, other = _filled(first), _filled(second)
    most = math.floor(options.max_offset_s * options.rate_hz + 0.5)
    most = min(most, min(len(one), len(other)) // 2)
    best, best_cost = 0, math.inf
    for size in range(most + 1):
        for offset in (size, -size) if size else (0,):
            start, length = _overlap(len(one), len(other), offset)
            total = OFFSET_COST_PER_S * size / options.rate_hz * length
            for i in range(start, start + length):
                total += distance(one[i], other[i + offset])
                if total >= best_cost * length:
                    break
            else:
                best, best_cost = offset, total / length
    return best


def _overlap(one: int, other: int, offset: int) -> tuple[int, int]:
    """Where the first clip's part that the second covers begins, and how long it is."""
    start = max(0, -offset)
    return start, min(one, other - offset) - start


def _filled(samples: Samples) -> list[Values]:
    """Straight lines over samples without a face, for these must not lead the alignment."""
    seen = [i for i, values in enumerate(samples.values) if values is not None]
    if not seen:
        raise ScoreError("a clip shows no face, so there is nothing to compare")
    filled: list[Values] = []
    after = 0
    for i in range(len(samples)):
        while after < len(seen) - 1 and seen[after] < i:
            after += 1
        right = seen[after]
        left = seen[after - 1] if after > 0 and right > i else right
        before, later = samples.values[left], samples.values[right]
        assert before is not None and later is not None
        filled.append(mix(before, later, (i - left) / (right - left)) if right > left else later)
    return filled


def _warp(first: Samples, second: Samples, options: ScoreOptions) -> list[Pair]:
    """Dynamic time warping of two parts of one length, within a band around the diagonal.

    A step onward in both uses two samples and counts twice, a step in one of them once.
    """
    one, other = _filled(first), _filled(second)
    band = math.floor(options.band_s * options.rate_hz + 0.5)
    width = 2 * band + 1
    before = [math.inf] * (width + 1)
    moves = []
    for i in range(len(one)):
        now = [math.inf] * (width + 1)
        row = bytearray(width)
        for k in range(max(0, band - i), min(width, band + len(other) - i)):
            cost = distance(one[i], other[i + k - band])
            if i == 0 and k == band:
                now[k] = 2 * cost
                continue
            both, held = before[k] + 2 * cost, cost + WARP_COST
            best, move = both, _BOTH
            if before[k + 1] + held < best:
                best, move = before[k + 1] + held, _FIRST
            if k > 0 and now[k - 1] + held < best:
                best, move = now[k - 1] + held, _SECOND
            now[k], row[k] = best, move
        before = now
        moves.append(row)
    return list(_walk_back(moves, band))[::-1]


_BOTH, _FIRST, _SECOND = range(3)


def _walk_back(moves: list[bytearray], band: int) -> Iterator[Pair]:
    i = j = len(moves) - 1
    while i > 0 or j > 0:
        move = moves[i][j - i + band]
        yield i, j, 2 if move == _BOTH else 1
        i -= move != _SECOND
        j -= move != _FIRST
    yield 0, 0, 2


def distance(one: Values, other: Values) -> float:
    """Half of all differences: 0 for the same answer, 1 for another with certainty."""
    total = 0.0
    for value, against in zip(one, other, strict=True):
        total += abs(value - against)
    return total / 2
