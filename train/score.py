"""The acting score: how alike two clips' emotions are over time. docs/score.md explains the rule.

Plain arithmetic over lists, so that other languages give the same doubles to the last bit:
`tests/golden/score.json` holds them to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from face_detect.command import InputError

LONGEST_GAP_S = 0.5
"""Frames further apart say nothing about the time between them."""
EASED_S = 0.2
"""A sample is the average over so long, for nets waver from frame to frame and actors do not."""
OFFSET_COST_PER_S = 0.02
"""An offset must make the clips this much more alike, or none is seen."""
WARP_COST = 0.25
"""So much must change for an earlier or later moment to be taken for the same."""
WAVERING = 0.1
"""Of a difference much smaller than this little is lost, of a larger one nearly all."""
FAINT = 0.1
"""A moment that stands out from the clips' average by less counts no less."""
TELLING = 40.0
"""In a second that scores less, what is early or late cannot be told."""
UNCERTAIN_WORTH = 0.5
"""What a pair of frames with an uncertain one counts towards the certainty."""

Values = tuple[float, ...]
Pair = tuple[int, int, int]
"""A sample of the reference, one of the take, and how many samples the step to it has used up."""


class ScoreError(InputError):
    """Two clips that cannot be compared."""


@dataclass(frozen=True, kw_only=True)
class Curves:
    """One head's probabilities over the frames of a clip; None where there is no face."""

    labels: tuple[str, ...]
    times_s: tuple[float, ...]
    probabilities: tuple[Values | None, ...]
    uncertain: tuple[bool, ...]


@dataclass(frozen=True, kw_only=True)
class ScoreOptions:
    rate_hz: int = 30
    """Both clips are compared at so many samples a second."""
    max_offset_s: float = 1.0
    band_s: float = 0.5
    """How early or late a moment may be, beyond the offset, without loss; 0 for none."""


@dataclass(frozen=True, kw_only=True)
class EmotionPart:
    label: str
    score: float
    share: float
    """How much of the whole this is; all shares make 1."""


@dataclass(frozen=True, kw_only=True)
class SecondPart:
    """One second of the reference; None where there is nothing to compare."""

    score: float | None
    share: float
    late_s: float | None
    """How much later than the offset alone the take is; early is negative. None where the two are
    too unlike to tell."""
    certainty: float


@dataclass(frozen=True, kw_only=True)
class Score:
    score: float
    """From 0 to 100, of the frames that can be compared."""
    certainty: float
    """From 0 to 1: how much of the clips that is."""
    offset_s: float
    """How much later the take begins; negative where it begins earlier."""
    emotions: tuple[EmotionPart, ...]
    seconds: tuple[SecondPart, ...]
    path: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True)
class _Samples:
    """A clip at the common rate."""

    values: list[Values | None]
    uncertain: list[bool]

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, kw_only=True)
class _Meeting:
    """Two samples that the alignment holds against each other, both with a face."""

    sample: int
    """Of the reference."""
    lag: int
    """How many samples later the take is than the offset alone."""
    used: int
    unsure: bool
    one: Values
    other: Values
    weight: float = 0.0


@dataclass
class _Areas:
    """Under two curves: what they share, and what they cover together."""

    shared: float = 0.0
    covered: float = 0.0

    def add(self, one: float, other: float, weight: float) -> None:
        apart, higher = abs(one - other), max(one, other)
        self.shared += weight * (higher - apart * apart / (apart + WAVERING))
        self.covered += weight * higher


def score(reference: Curves, take: Curves, options: ScoreOptions | None = None) -> Score:
    """Compare two clips; which of them is the reference decides only how the parts are told."""
    options = options or ScoreOptions()
    if reference.labels != take.labels:
        raise ScoreError(f"the labels differ: {reference.labels} and {take.labels}")
    ours, theirs = _resample(reference, options.rate_hz), _resample(take, options.rate_hz)
    path, meetings = _meet(ours, theirs, options)
    whole = _areas(meetings)
    return Score(
        score=_points(whole),
        certainty=_worth(meetings) / (2 * max(len(ours), len(theirs))),
        offset_s=(path[0][1] - path[0][0]) / options.rate_hz,
        emotions=_emotions(meetings, reference.labels, whole.covered),
        seconds=_seconds(meetings, len(ours), path, options.rate_hz, whole.covered),
        path=path,
    )


def _meet(
    ours: _Samples, theirs: _Samples, options: ScoreOptions
) -> tuple[tuple[Pair, ...], list[_Meeting]]:
    """Offset, then warp; both are found in an order that does not depend on which comes first."""
    swapped = _precedes(theirs, ours)
    offset = -_offset(theirs, ours, options) if swapped else _offset(ours, theirs, options)
    start, length = _overlap(len(ours), len(theirs), offset)
    one = _eased(_cut(ours, start, length), options.rate_hz)
    other = _eased(_cut(theirs, start + offset, length), options.rate_hz)
    steps = _align(other, one, options) if swapped else _align(one, other, options)
    if swapped:
        steps = [(i, j, used) for j, i, used in steps]
    path = tuple((i + start, j + start + offset, used) for i, j, used in steps)
    return path, _meetings(one, other, steps, start)


def _cut(samples: _Samples, start: int, length: int) -> _Samples:
    part = slice(start, start + length)
    return _Samples(values=samples.values[part], uncertain=samples.uncertain[part])


def _resample(curves: Curves, rate_hz: int) -> _Samples:
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
    return _Samples(values=values, uncertain=uncertain)


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
    return _mix(before, after, (time_s - times[left]) / gap_s)


def _mix(before: Values, after: Values, part: float) -> Values:
    return tuple(old + (new - old) * part for old, new in zip(before, after, strict=True))


def _eased(samples: _Samples, rate_hz: int) -> _Samples:
    """Each sample the average of its surroundings; one without a face stays so."""
    reach = math.floor(EASED_S / 2 * rate_hz + 0.5)
    values = [
        None if values is None else _mean(samples.values[max(0, i - reach) : i + reach + 1])
        for i, values in enumerate(samples.values)
    ]
    return _Samples(values=values, uncertain=samples.uncertain)


def _mean(near: list[Values | None]) -> Values:
    seen = [values for values in near if values is not None]
    sums = [0.0] * len(seen[0])
    for values in seen:
        for i, value in enumerate(values):
            sums[i] += value
    return tuple(total / len(seen) for total in sums)


def _precedes(one: _Samples, other: _Samples) -> bool:
    """Any order will do that knows equal from different: the shorter first, then by values."""
    if len(one) != len(other):
        return len(one) < len(other)
    for values, others in zip(one.values, other.values, strict=True):
        if values != others:
            return values is None or (others is not None and values < others)
    return False


def _offset(first: _Samples, second: _Samples, options: ScoreOptions) -> int:
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
                total += _distance(one[i], other[i + offset])
                if total >= best_cost * length:
                    break
            else:
                best, best_cost = offset, total / length
    return best


def _overlap(one: int, other: int, offset: int) -> tuple[int, int]:
    """Where the first clip's part that the second covers begins, and how long it is."""
    start = max(0, -offset)
    return start, min(one, other - offset) - start


def _filled(samples: _Samples) -> list[Values]:
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
        filled.append(_mix(before, later, (i - left) / (right - left)) if right > left else later)
    return filled


def _distance(one: Values, other: Values) -> float:
    """Half of all differences: 0 for the same answer, 1 for another with certainty."""
    total = 0.0
    for value, against in zip(one, other, strict=True):
        total += abs(value - against)
    return total / 2


def _align(first: _Samples, second: _Samples, options: ScoreOptions) -> list[Pair]:
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
            cost = _distance(one[i], other[i + k - band])
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


def _meetings(ours: _Samples, theirs: _Samples, steps: list[Pair], start: int) -> list[_Meeting]:
    """Where both show a face; moments that stand out from the average of both weigh more."""
    seen = []
    for i, j, used in steps:
        one, other = ours.values[i], theirs.values[j]
        if one is None or other is None:
            continue
        unsure = ours.uncertain[i] or theirs.uncertain[j]
        seen.append(
            _Meeting(sample=i + start, lag=j - i, used=used, unsure=unsure, one=one, other=other)
        )
    if not seen:
        raise ScoreError("at no time do both clips show a face, so there is nothing to compare")
    average = _average(seen)
    return [replace(each, weight=each.used * _standing_out(each, average)) for each in seen]


def _average(meetings: list[_Meeting]) -> Values:
    sums = [0.0] * len(meetings[0].one)
    used = 0
    for each in meetings:
        used += each.used
        for label in range(len(sums)):
            sums[label] += each.used * (each.one[label] + each.other[label])
    return tuple(total / (2 * used) for total in sums)


def _standing_out(each: _Meeting, average: Values) -> float:
    far = max(_distance(each.one, average), _distance(each.other, average))
    return FAINT * FAINT + far * far


def _areas(meetings: list[_Meeting]) -> _Areas:
    areas = _Areas()
    for each in meetings:
        for one, other in zip(each.one, each.other, strict=True):
            areas.add(one, other, each.weight)
    return areas


def _points(areas: _Areas) -> float:
    """Flat at the top, where two traces of one film may lie, and steep in the middle."""
    ratio = areas.shared / areas.covered if areas.covered > 0 else 1.0
    square = ratio * ratio
    return 100 * square * square * (3 - 2 * square)


def _worth(meetings: list[_Meeting]) -> float:
    """How many samples of both clips are compared, uncertain ones by less."""
    total = 0.0
    for each in meetings:
        total += each.used * (UNCERTAIN_WORTH if each.unsure else 1.0)
    return total


def _emotions(
    meetings: list[_Meeting], labels: tuple[str, ...], covered: float
) -> tuple[EmotionPart, ...]:
    parts = []
    for i, label in enumerate(labels):
        areas = _Areas()
        for each in meetings:
            areas.add(each.one[i], each.other[i], each.weight)
        share = areas.covered / covered
        parts.append(EmotionPart(label=label, score=_points(areas), share=share))
    return tuple(parts)


def _seconds(
    meetings: list[_Meeting], samples: int, path: tuple[Pair, ...], rate_hz: int, covered: float
) -> tuple[SecondPart, ...]:
    count = (samples - 1) // rate_hz + 1
    pieces: list[list[_Meeting]] = [[] for _ in range(count)]
    used = [0] * count
    for each in meetings:
        pieces[each.sample // rate_hz].append(each)
    for i, _, steps in path:
        used[i // rate_hz] += steps
    return tuple(
        _second(piece, steps, rate_hz, covered) for piece, steps in zip(pieces, used, strict=True)
    )


def _second(meetings: list[_Meeting], used: int, rate_hz: int, covered: float) -> SecondPart:
    if not meetings:
        return SecondPart(score=None, share=0.0, late_s=None, certainty=0.0)
    areas = _areas(meetings)
    points = _points(areas)
    late, seen = 0, 0
    for each in meetings:
        seen += each.used
        late += each.used * each.lag
    return SecondPart(
        score=points,
        share=areas.covered / covered,
        late_s=late / seen / rate_hz if points >= TELLING else None,
        certainty=_worth(meetings) / used,
    )
