"""What one pass over the training data came to."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from train.metrics import head_metric
from train.options import FitOptions


class HeadScores(TypedDict):
    """One head's, on the validation pictures that know it."""

    loss: float
    accuracy: float
    macro_f1: float


@dataclass(frozen=True, kw_only=True)
class Epoch:
    """What one pass over the training data came to; of several heads the means."""

    number: int
    loss: float
    valid_loss: float
    accuracy: float
    """On validation, as all that follows."""
    macro_f1: float
    rate: float
    """The learning rate at its end."""
    seconds: float
    heads: dict[str, HeadScores] = field(default_factory=dict)
    """By name, where there are several."""

    @classmethod
    def of(
        cls, heads: dict[str, HeadScores], *, number: int, loss: float, rate: float, seconds: float
    ) -> Epoch:
        """The epoch of which each head came to so much."""
        return cls(
            number=number,
            loss=loss,
            valid_loss=_mean(heads, "loss"),
            accuracy=_mean(heads, "accuracy"),
            macro_f1=_mean(heads, "macro_f1"),
            rate=rate,
            seconds=seconds,
            heads=heads if len(heads) > 1 else {},
        )

    def score(self, metric: str) -> float:
        """Higher is better."""
        return -self.valid_loss if metric == "loss" else float(getattr(self, metric))

    def line(self) -> str:
        """It in words, for a console and a log."""
        return (
            f"epoch {self.number + 1}: loss {self.loss:.3f}, validation {self.valid_loss:.3f},"
            f" accuracy {self.accuracy:.1%}, macro F1 {self.macro_f1:.1%}{self._by_head()}"
            f" ({self.seconds:.0f} s)"
        )

    def figures(self) -> dict[str, float]:
        """What the run's record shows of it, by the record's names."""
        return {
            "train_loss": self.loss,
            "valid_loss": self.valid_loss,
            "accuracy": self.accuracy,
            "macro_f1": self.macro_f1,
            "rate": self.rate,
            "seconds": round(self.seconds, 1),
            **{head_metric(name): scores["macro_f1"] for name, scores in self.heads.items()},
        }

    def _by_head(self) -> str:
        if not self.heads:
            return ""
        each = (f"{name} {scores['macro_f1']:.1%}" for name, scores in self.heads.items())
        return f" ({', '.join(each)})"


def _mean(heads: dict[str, HeadScores], key: Literal["loss", "accuracy", "macro_f1"]) -> float:
    return statistics.fmean(scores[key] for scores in heads.values())


def best_of(history: Sequence[Epoch], options: FitOptions) -> int:
    """The place of the epoch that the options would keep."""
    scores = [epoch.score(options.choose_by) for epoch in history]
    return scores.index(max(scores))
