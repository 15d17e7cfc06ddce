"""Make a head's probabilities mean what they say, on pictures that it was not trained on."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from face_detect.command import InputError
from train.contract import Contract, Head
from train.known import known

COVERAGE = 0.9
"""This share of validation answers, the surest, is given; the rest is "uncertain"."""
_STEPS = 10**6
"""Thresholds have six digits: fewer do not part the answers of a net that is very sure."""
FAMILIAR = 0.95
"""This share of validation faces is taken as familiar."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """By what a head's thresholds are chosen."""

    coverage: float | None = COVERAGE
    """The share of faces that are to be answered; without this and a risk, temperature and
    threshold stay as they are."""
    risk: float | None = None
    """The share of given answers that may be wrong, of those that it is fitted to; where it is set,
    it decides, and as many answers are given as it allows."""
    familiar: float | None = None
    """The share of faces to be taken as familiar; None: what is said of that stays."""


USUAL = Thresholds()


def calibrate(
    contract: Contract,
    logits: Tensor,
    targets: Tensor,
    thresholds: Thresholds = USUAL,
) -> Contract:
    """The contract with each head's temperature and thresholds fitted to validation answers [N, K],
    targets as `Samples` has them."""
    fitted = tuple(
        calibrate_head(head, own, truth, thresholds)
        for head, own, truth in known(contract, logits, targets)
    )
    return dataclasses.replace(contract, heads=fitted)


def calibrate_head(head: Head, logits: Tensor, targets: Tensor, thresholds: Thresholds) -> Head:
    """The head with what was asked for fitted to its logits [N, K]; the rest stays as it was."""
    energies = torch.logsumexp(logits.double(), dim=1)
    if thresholds.familiar is not None:
        above = round(energies.quantile(1 - thresholds.familiar).item(), 4)
        head = dataclasses.replace(head, familiar_above=above)
    if thresholds.coverage is None and thresholds.risk is None:
        return head
    temperature = round(_temperature(logits, targets), 4)
    best, said = F.softmax(logits / temperature, dim=1).max(1)
    # An unfamiliar face gets no answer, however sure the net is.
    lowest = -math.inf if head.familiar_above is None else head.familiar_above
    sure = _in_steps(best).where(energies > lowest, 0)
    least = _least(thresholds, sure, said == targets)
    return dataclasses.replace(head, temperature=temperature, uncertain_below=least)


def _temperature(logits: Tensor, targets: Tensor) -> float:
    """The best of a grid: the loss is smooth in this one number."""
    grid = torch.logspace(-1, 1, 401)
    losses = torch.stack([F.cross_entropy(logits / t, targets) for t in grid])
    return grid[losses.argmin()].item()


def _in_steps(best: Tensor) -> Tensor:
    """Rounded down, so that a threshold in so many digits parts answers as it was chosen to."""
    return (best.double() * _STEPS).floor() / _STEPS


def _least(thresholds: Thresholds, sure: Tensor, right: Tensor) -> float:
    if thresholds.risk is not None:
        return _least_for(thresholds.risk, sure[sure > 0], right[sure > 0])
    assert thresholds.coverage is not None
    return sure.quantile(1 - thresholds.coverage, interpolation="lower").item()


def _least_for(risk: float, best: Tensor, right: Tensor) -> float:
    """The threshold that gives the most answers of which no larger share is wrong."""
    if not len(best):
        raise InputError("none of the faces is familiar to the net; ask for some with --familiar")
    order = best.argsort(descending=True, stable=True)
    wrong = (~right[order]).double().cumsum(0) / torch.arange(1, len(order) + 1)
    # Answers that are as sure as each other are given together.
    ends = best[order].diff(append=best.new_tensor([-1.0])) != 0
    wrong = wrong.where(ends, 1 + risk)
    within = (wrong <= risk).nonzero().flatten()
    if not len(within):
        raise InputError(
            f"a risk of {risk:.1%} is out of reach: of the surest answers, {wrong.min():.1%} are"
            " wrong at best"
        )
    return best[order[within[-1]]].item()
