"""The acting score: how alike two clips' emotions are over time. docs/score.md explains the rule.

Plain arithmetic over lists, so that other languages give the same doubles to the last bit:
`tests/golden/score.json` holds them to it. `web/src/score/` is the same in TypeScript; change both.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

from train.align_clips import Aligned, Pair, align_clips, distance
from train.resample import Curves, Values, resample
from train.score_error import ScoreError
from train.score_options import ScoreOptions

LONGEST_S = 3600.0
"""More than anybody acts in one take; what is longer would keep a computer busy for long."""
WAVERING = 0.1
"""Of a difference much smaller than this little is lost, of a larger one nearly all."""
FAINT = 0.1
"""A moment that stands out from the clips' average by less counts no less."""
TELLING = 40.0
"""In a second that scores less, what is early or late cannot be told."""
UNCERTAIN_WORTH = 0.5
"""What a pair of frames with an uncertain one counts towards the certainty."""


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
    for which, curves in (("reference", reference), ("take", take)):
        _check_times(which, curves.times_s)
    ours, theirs = resample(reference, options.rate_hz), resample(take, options.rate_hz)
    aligned = align_clips(ours, theirs, options)
    meetings, path = _meetings(aligned), aligned.path
    whole = _areas(meetings)
    return Score(
        score=_points(whole),
        certainty=_worth(meetings) / (2 * max(len(ours), len(theirs))),
        offset_s=aligned.offset / options.rate_hz,
        emotions=_emotions(meetings, reference.labels, whole.covered),
        seconds=_seconds(meetings, len(ours), path, options.rate_hz, whole.covered),
        path=path,
    )


def _check_times(which: str, times_s: tuple[float, ...]) -> None:
    if not times_s:
        raise ScoreError(f"the {which} holds no frame")
    rise = all(before < after for before, after in itertools.pairwise(times_s))
    if not (rise and all(map(math.isfinite, times_s))):
        raise ScoreError(f"the {which}'s times do not rise from frame to frame")
    if times_s[-1] - times_s[0] > LONGEST_S:
        raise ScoreError(f"the {which} lasts longer than {LONGEST_S / 3600:g} h: cut it")


def _meetings(aligned: Aligned) -> list[_Meeting]:
    """Where both show a face; moments that stand out from the average of both weigh more."""
    ours, theirs = aligned.one, aligned.other
    seen = []
    for i, j, used in aligned.steps:
        one, other = ours.values[i], theirs.values[j]
        if one is None or other is None:
            continue
        unsure = ours.uncertain[i] or theirs.uncertain[j]
        seen.append(
            _Meeting(
                sample=i + aligned.start, lag=j - i, used=used, unsure=unsure, one=one, other=other
            )
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
    far = max(distance(each.one, average), distance(each.other, average))
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
