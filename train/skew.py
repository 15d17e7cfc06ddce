"""Whether a model says some labels more often than they are true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from train.evaluate import Indices

Verdict = Literal["over-predicted", "under-predicted", "as often as true"]
CHANCE = 0.05
"""How often a model without any skew may be called skewed; shared among its labels."""


@dataclass(frozen=True, kw_only=True)
class LabelSkew:
    """One label: how often it is true, and how often it is said."""

    label: str
    true_share: float
    predicted_share: float
    p: float
    """How likely so great a difference would be by chance."""
    verdict: Verdict

    @property
    def ratio(self) -> float:
        """Said so many times as often as true."""
        return self.predicted_share / self.true_share if self.true_share else math.inf


@dataclass(frozen=True, kw_only=True)
class Skew:
    """All labels, of the faces that were found."""

    pictures: int
    labels: tuple[LabelSkew, ...]
    moved: float
    """Share of answers that would have to be another for the shares to match."""
    verdict: str


def skew(predicted: Indices, truth: Indices, labels: Sequence[str]) -> Skew:
    """Compare the shares of answers with the shares of truth, on the same pictures."""
    found = tuple(
        _label_skew(predicted == i, truth == i, label, CHANCE / len(labels))
        for i, label in enumerate(labels)
    )
    moved = sum(abs(item.predicted_share - item.true_share) for item in found) / 2
    return Skew(
        pictures=len(truth), labels=found, moved=moved, verdict=_sentence(found, len(truth), moved)
    )


def _label_skew(said: np.ndarray, true: np.ndarray, label: str, allowed: float) -> LabelSkew:
    surplus, missing = int((said & ~true).sum()), int((true & ~said).sum())
    p = _mcnemar(surplus, missing)
    verdict: Verdict = "as often as true"
    if p < allowed:
        verdict = "over-predicted" if surplus > missing else "under-predicted"
    total = max(1, len(true))
    return LabelSkew(
        label=label,
        true_share=float(true.sum() / total),
        predicted_share=float(said.sum() / total),
        p=p,
        verdict=verdict,
    )


def _mcnemar(surplus: int, missing: int) -> float:
    """McNemar's test: without skew, each wrong answer adds or takes one with equal chance."""
    total = surplus + missing
    if not total:
        return 1.0
    if total > 1000:
        return math.erfc((abs(surplus - missing) - 1) / math.sqrt(2 * total))
    tail = sum(math.comb(total, k) for k in range(min(surplus, missing) + 1))
    return min(1.0, float(2 * tail / 2**total))


def _sentence(found: Sequence[LabelSkew], pictures: int, moved: float) -> str:
    skewed = [item for item in found if item.verdict != "as often as true"]
    if not skewed:
        return f"No skew beyond chance on {pictures} faces."
    skewed.sort(key=lambda item: -abs(item.predicted_share - item.true_share))
    parts = "; ".join(
        f"{item.label} is said of {item.predicted_share:.1%} and true of {item.true_share:.1%}"
        for item in skewed
    )
    return f"Skewed: {parts}. {moved:.1%} of all answers would have to move to match."
