"""Figures of each head on the pictures that know it."""

from __future__ import annotations

import statistics
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from torch import Tensor

from train.contract import Contract
from train.evaluate import NO_ANSWER, Evaluation, evaluate
from train.known import known

FIGURES = ("accuracy", "macro_f1", "macro_recall")


def evaluate_heads(
    contract: Contract,
    outputs: Tensor,
    targets: Tensor,
    found: npt.NDArray[np.bool_] | None = None,
) -> dict[str, Evaluation]:
    """By name, of outputs [N, K] and targets as `Samples` has them; where no face was `found` there
    is no answer."""
    missed = np.zeros(len(outputs), np.bool_) if found is None else ~found
    figures = {}
    for i, (head, logits, truth) in enumerate(known(contract, outputs, targets)):
        have = np.ones(len(outputs), np.bool_) if targets.ndim == 1 else targets[:, i].numpy() >= 0
        said = np.where(missed[have], NO_ANSWER, logits.argmax(1).numpy())
        figures[head.name] = evaluate(said, truth.numpy(), head.labels)
    return figures


def means(heads: Mapping[str, Evaluation]) -> dict[str, float]:
    """Of the figures that a model is told by, over its heads."""
    return {key: statistics.fmean(getattr(own, key) for own in heads.values()) for key in FIGURES}
