"""How far a net's passes disagree about each picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.calibration import Probabilities
from train.contract import Contract
from train.inputs import probabilities


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """Of N pictures and K labels; information in nats."""

    mean: Probabilities
    """[N, K]: what the passes say together."""
    variance: Probabilities
    """[N, K]: of each label's probability between passes."""
    information: npt.NDArray[np.float64]
    """[N], the mutual information of answer and weights (https://arxiv.org/abs/1112.5745): the
    part of the mean's entropy that comes from passes that are sure of different things."""


def uncertainty(passes: Probabilities) -> Uncertainty:
    """From calibrated probabilities [P, N, K]."""
    mean = passes.mean(axis=0)
    information = np.maximum(_entropy(mean) - _entropy(passes).mean(axis=0), 0)
    return Uncertainty(mean=mean, variance=passes.var(axis=0), information=information)


def pass_probabilities(
    outputs: npt.NDArray[np.floating], contract: Contract, head: str
) -> Probabilities:
    """A head's calibrated probabilities [P, N, K] from raw outputs [P, N, columns]."""
    number = [each.name for each in contract.heads].index(head)
    count, pictures, columns = outputs.shape
    flat = probabilities(outputs.reshape(-1, columns), contract)[number]
    return flat.reshape(count, pictures, -1)


def _entropy(values: Probabilities) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = -(values * np.log(np.maximum(values, 1e-300))).sum(axis=-1)
    return found
