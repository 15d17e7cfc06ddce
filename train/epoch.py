"""What one pass over the training data came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from train.options import FitOptions


@dataclass(frozen=True, kw_only=True)
class Epoch:
    """What one pass over the training data came to."""

    number: int
    loss: float
    valid_loss: float
    accuracy: float
    """On validation, as all that follows."""
    macro_f1: float
    rate: float
    """The learning rate at its end."""
    seconds: float

    def score(self, metric: str) -> float:
        """Higher is better."""
        return -self.valid_loss if metric == "loss" else float(getattr(self, metric))

    def line(self) -> str:
        """It in words, for a console and a log."""
        return (
            f"epoch {self.number + 1}: loss {self.loss:.3f}, validation {self.valid_loss:.3f},"
            f" accuracy {self.accuracy:.1%}, macro F1 {self.macro_f1:.1%} ({self.seconds:.0f} s)"
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
        }


def best_of(history: Sequence[Epoch], options: FitOptions) -> int:
    """The place of the epoch that the options would keep."""
    scores = [epoch.score(options.choose_by) for epoch in history]
    return scores.index(max(scores))
