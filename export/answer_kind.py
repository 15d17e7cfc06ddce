"""Whether one head's answers are logits or probabilities."""

from __future__ import annotations

from typing import Literal

import numpy as np

from export.runners import Tensor

_SUM = 1e-3


def answer_kind(answers: Tensor) -> Literal["logits", "probabilities"]:
    """Of answers [N, K]: probabilities are nowhere below 0 and add up to 1."""
    summed = bool(off_one(answers) < _SUM and answers.min() >= 0)
    return "probabilities" if summed else "logits"


def off_one(answers: Tensor) -> float:
    """How far the sums are from 1, at most."""
    return float(np.abs(answers.sum(1) - 1).max())
