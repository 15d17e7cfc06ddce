"""Whether a model says some labels more often than they are true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from train.evaluate import Indices
from train.wilson import Z95

Verdict = Literal["over-predicted", "under-predicted", "as often as true"]
CHANCE = 0.05
"""How often a model without any skew may be called skewed; shared among its labels."""
LEAST_SHARE, LEAST_PART = 0.005, 0.1
"""Smaller differences are no skew, however sure: half a point, and a tenth of the true share."""
_LEAST = f"{100 * LEAST_SHARE:g} points and {LEAST_PART:.0%} of what is true"


@dataclass(frozen=True, kw_only=True)
class LabelSkew:
    """One label: how often it is true, and how often it is said."""

    label: str
    true_share: float
    predicted_share: float
    ratio_interval: tuple[float, float] | None
    """95% interval of the ratio; None where the label is never said, never true or never mistaken:
    by these pictures alone, the ratio could not vary."""
    p: float
    """How likely so great a difference would be by chance."""
    verdict: Verdict

    @property
    def ratio(self) -> float | None:
        """Said so many times as often as true; None where it is never true."""
        return self.predicted_share / self.true_share if self.true_share else None


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
    total = max(1, len(true))
    said_share, true_share = float(said.sum() / total), float(true.sum() / total)
    verdict: Verdict = "as often as true"
    if p < allowed and abs(said_share - true_share) >= max(LEAST_SHARE, LEAST_PART * true_share):
        verdict = "over-predicted" if surplus > missing else "under-predicted"
    return LabelSkew(
        label=label,
        true_share=true_share,
        predicted_share=said_share,
        ratio_interval=_ratio_interval(int(said.sum()), int(true.sum()), surplus + missing),
        p=p,
        verdict=verdict,
    )


def _ratio_interval(said: int, true: int, differing: int) -> tuple[float, float] | None:
    """The shares are of the same pictures, so only those on which they differ widen it."""
    if not said or not true or not differing:
        return None
    reach = math.exp(Z95 * math.sqrt(differing / (said * true)))
    return said / true / reach, said / true * reach


def _mcnemar(surplus: int, missing: int) -> float:
    """McNemar's test: without skew, each wrong answer adds or takes one with equal chance."""
    total = surplus + missing
    if not total:
        return 1.0
    if total > 1000:
        return math.erfc(max(0, abs(surplus - missing) - 1) / math.sqrt(2 * total))
    tail = sum(math.comb(total, k) for k in range(min(surplus, missing) + 1))
    return min(1.0, float(2 * tail / 2**total))


def _sentence(found: Sequence[LabelSkew], pictures: int, moved: float) -> str:
    skewed = [item for item in found if item.verdict != "as often as true"]
    if not skewed:
        return f"No skew on {pictures} faces: no share is off by more than chance, {_LEAST}."
    skewed.sort(key=lambda item: -abs(item.predicted_share - item.true_share))
    parts = "; ".join(
        f"{item.label} is said of {item.predicted_share:.1%} and true of {item.true_share:.1%}"
        for item in skewed
    )
    return f"Skewed: {parts}. {moved:.1%} of all answers would have to move to match."
