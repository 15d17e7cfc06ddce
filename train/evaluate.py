"""What a model's answers are worth; accuracy never comes without recall and F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Figures of one head on one dataset."""

    pictures: int
    accuracy: float
    macro_f1: float
    macro_recall: float
    recall: dict[str, float]
    support: dict[str, int]


def evaluate(
    predicted: npt.NDArray[np.intp], truth: npt.NDArray[np.intp], labels: Sequence[str]
) -> Evaluation:
    """Compare predicted with true label indices. Labels without pictures do not count."""
    count = len(labels)
    confusion = np.bincount(truth * count + predicted, minlength=count * count)
    confusion = confusion.reshape(count, count)
    support, guessed, right = confusion.sum(1), confusion.sum(0), confusion.diagonal()
    recall = right / np.maximum(support, 1)
    f1 = 2 * right / np.maximum(support + guessed, 1)
    present = support > 0
    return Evaluation(
        pictures=len(truth),
        accuracy=float(right.sum() / max(1, len(truth))),
        macro_f1=float(f1[present].mean()) if present.any() else 0.0,
        macro_recall=float(recall[present].mean()) if present.any() else 0.0,
        recall={name: float(value) for name, value in zip(labels, recall, strict=True)},
        support={name: int(value) for name, value in zip(labels, support, strict=True)},
    )
