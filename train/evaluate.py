"""What a model's answers are worth; accuracy never comes without recall and F1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.intp]
ByLabel = dict[str, float | None]
"""None of a label without a picture: nothing is known of it, which is not 0."""
NO_ANSWER = -1
"""Predicted where no face was found: wrong whatever is true, and never dropped."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """Figures of one head on one dataset."""

    pictures: int
    accuracy: float
    macro_f1: float
    macro_recall: float
    """Both macro figures are means over the labels that have pictures."""
    recall: ByLabel
    precision: ByLabel
    f1: ByLabel
    support: dict[str, int]
    unanswered: dict[str, int]
    """Pictures of each label in which no face was found."""
    confusion: tuple[tuple[int, ...], ...]
    """A row for each true label, a column for each predicted one."""


def evaluate(predicted: Indices, truth: Indices, labels: Sequence[str]) -> Evaluation:
    """Compare predicted with true label indices. Labels without pictures do not count."""
    count = len(labels)
    answered = predicted != NO_ANSWER
    confusion = np.bincount(
        truth[answered] * count + predicted[answered], minlength=count * count
    ).reshape(count, count)
    support = np.bincount(truth, minlength=count)
    guessed, right = confusion.sum(0), confusion.diagonal()
    recall = right / np.maximum(support, 1)
    f1 = 2 * right / np.maximum(support + guessed, 1)
    present = support > 0
    return Evaluation(
        pictures=len(truth),
        accuracy=float(right.sum() / max(1, len(truth))),
        macro_f1=float(f1[present].mean()) if present.any() else 0.0,
        macro_recall=float(recall[present].mean()) if present.any() else 0.0,
        recall=_by_label(labels, recall, present),
        precision=_by_label(labels, right / np.maximum(guessed, 1), present),
        f1=_by_label(labels, f1, present),
        support=_counts(labels, support),
        unanswered=_counts(labels, np.bincount(truth[~answered], minlength=count)),
        confusion=tuple(tuple(row) for row in confusion.tolist()),
    )


def _by_label(
    labels: Sequence[str], values: npt.NDArray[np.floating], present: npt.NDArray[np.bool_]
) -> ByLabel:
    found = zip(labels, values, present, strict=True)
    return {name: float(value) if known else None for name, value, known in found}


def _counts(labels: Sequence[str], values: Indices) -> dict[str, int]:
    return {name: int(value) for name, value in zip(labels, values, strict=True)}
