"""Made sequences: a still's take for a while, then a switch to one with another label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.sequence.sway import CAMERA_HZ
from train.sequence.takes import TAKE_S, Takes

STRETCH_S = (1.2, 2.5)
"""How long a truth stays."""
ONSET_S = 0.5
"""How long a switch takes at most: a face needs as long from one expression to another."""
PACE = (0.7, 1.3)
"""A page's answers do not come evenly: so much of the usual time passes between two."""

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Clips:
    """Sequences of one length, a row each."""

    said: Floats
    """The model's probabilities [clips, answers, labels]."""
    gaps_s: Floats
    """Seconds since the answer before [clips, answers]; 0 for the first."""
    truth: Indices
    """[clips, answers]; it changes when a switch begins."""
    stretch: Indices
    """Counts up in each clip, with every switch [clips, answers]."""

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def times_s(self) -> Floats:
        return np.cumsum(self.gaps_s, axis=1)

    def steady(self) -> Floats:
        """What the model says on average while the truth stays [clips, answers, labels]."""
        steady = np.empty_like(self.said)
        for said, stretch, row in zip(self.said, self.stretch, steady, strict=True):
            starts = np.flatnonzero(np.diff(stretch, prepend=-1))
            counts = np.diff(starts, append=len(stretch))
            row[:] = np.repeat(np.add.reduceat(said, starts) / counts[:, None], counts, axis=0)
        return steady


def make_clips(
    takes: Takes,
    count: int,
    answers: int,
    *,
    rates_hz: tuple[float, float],
    onset_s: float,
    random: np.random.Generator,
) -> Clips:
    """`count` clips of so many answers, each at a rate of its own between the two.

    Every switch takes a time of its own up to `onset_s`, in which one answer becomes the other.
    """
    made = [_clip(takes, answers, random.uniform(*rates_hz), onset_s, random) for _ in range(count)]
    said, ticks, truth, stretch = (np.stack(parts) for parts in zip(*made, strict=True))
    gaps = np.diff(ticks, axis=1, prepend=ticks[:, :1]) / CAMERA_HZ
    return Clips(said=said, gaps_s=gaps.astype(np.float32), truth=truth, stretch=stretch)


def _clip(
    takes: Takes, answers: int, rate_hz: float, onset_s: float, random: np.random.Generator
) -> tuple[Floats, Indices, Indices, Indices]:
    ticks = _ticks(answers, rate_hz, random)
    said = np.empty((answers, takes.said.shape[2]), np.float32)
    truth, stretch = np.empty(answers, np.intp), np.empty(answers, np.intp)
    begun, number, shown, after = 0, 0, -1, 0
    while begun < answers:
        before, shown = shown, _another(takes.truth, shown, random)
        length = round(random.uniform(*STRETCH_S) * CAMERA_HZ)
        # What is left of the take behind it is for the next switch.
        start = int(random.integers(0, int((TAKE_S - ONSET_S) * CAMERA_HZ) - length + 1))
        end = int(np.searchsorted(ticks, ticks[begun] + length))
        passed = ticks[begun:end] - ticks[begun]
        said[begun:end] = takes.said[shown, start + passed]
        if number:
            left = _left(passed, random.uniform(0.0, onset_s))
            old = takes.said[before, np.minimum(after + passed, takes.said.shape[1] - 1)]
            said[begun:end] += left * (old - said[begun:end])
        truth[begun:end], stretch[begun:end] = takes.truth[shown], number
        begun, after, number = end, start + length, number + 1
    return said, ticks, truth, stretch


def _left(passed: Indices, onset_s: float) -> Floats:
    """How much of the old expression is left in each frame [frames, 1] after a switch."""
    if not onset_s:
        return np.zeros((len(passed), 1), np.float32)
    left = np.maximum(0.0, 1 - passed / (onset_s * CAMERA_HZ))
    return left.astype(np.float32)[:, None]


def _ticks(answers: int, rate_hz: float, random: np.random.Generator) -> Indices:
    """Which of the camera's frames are answered: one is at work at a time, the newest is next."""
    usual = CAMERA_HZ / rate_hz
    steps = np.maximum(1, np.rint(usual * random.uniform(*PACE, answers))).astype(np.intp)
    ticks: Indices = np.cumsum(steps) - steps[0]
    return ticks


def _another(truth: Indices, before: int, random: np.random.Generator) -> int:
    """A still of another label than the one before."""
    while True:
        chosen = int(random.integers(len(truth)))
        if before < 0 or truth[chosen] != truth[before]:
            return chosen
