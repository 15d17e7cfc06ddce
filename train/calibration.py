"""Whether a model is right as often as it says it is sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.evaluate import Indices

BINS = 15
Probabilities = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Answers of nearly the same confidence."""

    low: float
    high: float
    pictures: int
    confidence: float
    """Their mean; the bin's middle where there are none."""
    accuracy: float


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Expected calibration error (https://arxiv.org/abs/1706.04599) and its bins.

    Only faces that were found: where there is no answer there is no confidence either.
    """

    ece: float
    bins: tuple[Bin, ...]


def calibration(probabilities: Probabilities, truth: Indices, count: int = BINS) -> Calibration:
    """Sort answers [N, K] into bins of equal width by their confidence."""
    sure, right = probabilities.max(1), probabilities.argmax(1) == truth
    place = np.clip(np.ceil(sure * count).astype(np.intp) - 1, 0, count - 1)
    bins = tuple(_bin(i, count, sure[place == i], right[place == i]) for i in range(count))
    gaps = sum(found.pictures * abs(found.accuracy - found.confidence) for found in bins)
    return Calibration(ece=gaps / max(1, len(truth)), bins=bins)


def tempered(probabilities: Probabilities, power: float) -> Probabilities:
    """Probabilities as they would be with all logits times `power`.

    With the contract's temperature for a power, its calibrated answers become the net's own.
    """
    logs = np.log(np.maximum(probabilities, 1e-300)) * power
    raised = np.exp(logs - logs.max(axis=1, keepdims=True))
    result: Probabilities = raised / raised.sum(axis=1, keepdims=True)
    return result


def _bin(index: int, count: int, sure: Probabilities, right: npt.NDArray[np.bool_]) -> Bin:
    low, high = index / count, (index + 1) / count
    return Bin(
        low=low,
        high=high,
        pictures=len(sure),
        confidence=float(sure.mean()) if len(sure) else (low + high) / 2,
        accuracy=float(right.mean()) if len(sure) else 0.0,
    )
