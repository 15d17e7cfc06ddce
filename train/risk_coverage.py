"""What is gained by answering only where a net is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from train.calibration import Probabilities
from train.evaluate import Indices, evaluate

STEPS = 20


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Figures of the surest answers."""

    coverage: float
    """Their share of all."""
    least: float
    """The lowest of their best probabilities: the threshold that gives this share."""
    accuracy: float
    macro_f1: float


@dataclass(frozen=True, kw_only=True)
class RiskCoverage:
    """Accuracy and macro F1 against the share that is answered (https://arxiv.org/abs/1705.08500).

    As with calibration, of the faces that were found.
    """

    points: tuple[Answered, ...]
    """From the surest few to all."""
    accuracy_area: float
    """The mean accuracy over all shares: 1 where every error is less sure than any right answer."""
    macro_f1_area: float
    """The same of macro F1, over the points."""

    def at(self, coverage: float) -> Answered | None:
        """The point that answers the least, but at least so much; None where nothing is known."""
        wanted = (point for point in self.points if point.coverage >= coverage - 1e-9)
        return next(wanted, None)


def risk_coverage(
    probabilities: Probabilities, truth: Indices, labels: Sequence[str], steps: int = STEPS
) -> RiskCoverage:
    """The curve of calibrated probabilities [N, K]."""
    sure, predicted = probabilities.max(1), probabilities.argmax(1)
    order = np.argsort(-sure, kind="stable")
    right = (predicted == truth)[order]
    if not len(right):
        return RiskCoverage(points=(), accuracy_area=0.0, macro_f1_area=0.0)
    points = []
    for step in range(1, steps + 1):
        count = -(-len(order) * step // steps)  # at least the share
        chosen = order[:count]
        figures = evaluate(predicted[chosen], truth[chosen], labels)
        points.append(
            Answered(
                coverage=count / len(order),
                least=float(sure[chosen[-1]]),
                accuracy=figures.accuracy,
                macro_f1=figures.macro_f1,
            )
        )
    return RiskCoverage(
        points=tuple(points),
        accuracy_area=float((np.cumsum(right) / np.arange(1, len(right) + 1)).mean()),
        macro_f1_area=float(np.mean([point.macro_f1 for point in points])),
    )
