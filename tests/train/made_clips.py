"""Clips made of numbers: what a net would say of somebody who acts."""

from __future__ import annotations

import dataclasses

import numpy as np
import numpy.typing as npt

from train.resample import Curves

LABELS = ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")
RATE_HZ = 30
FAINT = 0.05
RISE_S = 0.4

Played = tuple[float, float, str, float]
"""From when to when, which emotion, how strongly."""
Shares = npt.NDArray[np.float64]


def acted(*played: Played, seconds: float = 8.0) -> Shares:
    """Probabilities [frames, 7]: neutral but for what is played, which comes and goes smoothly."""
    times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    levels = np.zeros((len(times), len(LABELS)))
    for start_s, stop_s, label, height in played:
        rise, fall = (times - start_s) / RISE_S, (stop_s - times) / RISE_S
        levels[:, LABELS.index(label)] += height * np.clip(np.minimum(rise, fall), 0, 1)
    levels[:, LABELS.index("neutral")] += np.clip(1 - levels.sum(1), 0, 1)
    return shares(levels + FAINT / len(LABELS))


def shares(levels: Shares) -> Shares:
    positive = np.clip(levels, 1e-6, None)
    made: Shares = positive / positive.sum(1, keepdims=True)
    return made


def noisy(clean: Shares, sigma: float, seed: int) -> Shares:
    return shares(clean + np.random.default_rng(seed).normal(0, sigma, clean.shape))


def clip(values: Shares, first_s: float = 0.0) -> Curves:
    """The frames as a trace would hand them to the score."""
    return Curves(
        labels=LABELS,
        times_s=tuple(first_s + i / RATE_HZ for i in range(len(values))),
        probabilities=tuple(tuple(map(float, row)) for row in values),
        uncertain=(False,) * len(values),
    )


def faceless(curves: Curves, start_s: float, stop_s: float) -> Curves:
    """The same without a face for a while."""
    values = zip(curves.times_s, curves.probabilities, strict=True)
    kept = tuple(None if start_s <= time_s < stop_s else row for time_s, row in values)
    return dataclasses.replace(curves, probabilities=kept)


def naive(one: Shares, other: Shares) -> float:
    """Mean absolute difference per class, frame by frame, as 0 to 100."""
    length = min(len(one), len(other))
    return float(100 * (1 - np.abs(one[:length] - other[:length]).mean() * len(LABELS) / 2))
