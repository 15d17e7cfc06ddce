"""Optimizers and learning-rate schedules by name."""

from __future__ import annotations

from collections.abc import Iterable

from torch import nn
from torch.optim import SGD, Adam, AdamW, Optimizer
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    LambdaLR,
    LRScheduler,
    OneCycleLR,
    StepLR,
)

from train.options import FitOptions

WARM_UP = 0.21
"""The share of a one-cycle run in which the rate climbs; torch divides by zero at 1 / 0.2 steps."""


def optimizer_for(parameters: Iterable[nn.Parameter], options: FitOptions) -> Optimizer:
    """Biases and norms do not decay: being small means nothing there."""
    trained = [parameter for parameter in parameters if parameter.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": options.weight_decay},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]
    if options.optimizer == "sgd":
        return SGD(groups, options.rate, momentum=options.momentum, nesterov=options.momentum > 0)
    kind = Adam if options.optimizer == "adam" else AdamW
    return kind(groups, options.rate, betas=(options.momentum, 0.999))


def schedule_for(optimizer: Optimizer, options: FitOptions, steps: int) -> LRScheduler:
    """A schedule over `steps` steps of the whole run."""
    if options.schedule == "onecycle":
        return OneCycleLR(
            optimizer, options.rate, total_steps=steps, pct_start=WARM_UP, cycle_momentum=False
        )
    if options.schedule == "cosine":
        return CosineAnnealingLR(optimizer, steps)
    if options.schedule == "step":
        return StepLR(optimizer, max(1, steps // 3), gamma=0.1)
    return LambdaLR(optimizer, lambda step: 1.0)
