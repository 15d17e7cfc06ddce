"""Make a head's probabilities mean what they say, on pictures that it was not trained on."""

from __future__ import annotations

import dataclasses

import torch
from torch import Tensor
from torch.nn import functional as F

from train.contract import Contract, Head

UNCERTAIN_SHARE = 0.1
"""This share of validation answers, the least sure, falls below the "uncertain" threshold."""


def calibrate(contract: Contract, logits: Tensor, targets: Tensor) -> Contract:
    """The contract with temperature and threshold fitted to validation answers of its one head."""
    (head,) = contract.heads
    return dataclasses.replace(contract, heads=(calibrate_head(head, logits, targets),))


def calibrate_head(head: Head, logits: Tensor, targets: Tensor) -> Head:
    """The head with temperature and threshold fitted to its logits [N, K]."""
    temperature = _temperature(logits, targets)
    best = F.softmax(logits / temperature, dim=1).amax(1)
    return dataclasses.replace(
        head,
        temperature=round(temperature, 4),
        uncertain_below=round(best.quantile(UNCERTAIN_SHARE).item(), 4),
    )


def _temperature(logits: Tensor, targets: Tensor) -> float:
    """The best of a grid: the loss is smooth in this one number."""
    grid = torch.logspace(-1, 1, 401)
    losses = torch.stack([F.cross_entropy(logits / t, targets) for t in grid])
    return grid[losses.argmin()].item()
