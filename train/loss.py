"""What a fit makes small: the labels' loss, and how far a net is from its teachers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from train.contract import Contract
from train.options import FitOptions, read_head_weights
from train.unfamiliar.stranger_loss import stranger_loss


@dataclass(frozen=True, kw_only=True)
class LossPart:
    """One head's share of the loss."""

    columns: slice
    weight: float = 1.0


def loss_parts(contract: Contract, options: FitOptions) -> tuple[LossPart, ...]:
    """Of every head, with the weight that was asked for."""
    weights = read_head_weights(options.head_weights)
    return tuple(
        LossPart(columns=columns, weight=weights.get(head.name, 1.0))
        for head, columns in contract.head_slices()
    )


def soft_targets(targets: Tensor, classes: int, smoothing: float) -> Tensor:
    """Label indices [N] as probabilities [N, K], a share of them spread over all labels."""
    return F.one_hot(targets, classes).float() * (1 - smoothing) + smoothing / classes


def class_weights(counts: Tensor, power: float) -> Tensor:
    """A weight for every class by its rarity, 1 on the average picture."""
    weights = counts.clamp(min=1).float() ** -power
    return weights * counts.sum() / (weights * counts).sum()


def label_loss(logits: Tensor, soft: Tensor, weights: Tensor, focal: float) -> Tensor:
    """Cross-entropy with soft labels, or focal loss (https://arxiv.org/abs/1708.02002)."""
    logs = F.log_softmax(logits, dim=1)
    if focal:
        logs = logs * (1 - logs.exp()).clamp(min=1e-6) ** focal
    return -(soft * logs * weights).sum(1).mean()


def teacher_loss(logits: Tensor, teachers: Tensor, temperature: float) -> Tensor:
    """Distillation (https://arxiv.org/abs/1503.02531): `teachers` are mean probabilities."""
    logs = F.log_softmax(logits / temperature, dim=1)
    return F.kl_div(logs, teachers, reduction="batchmean") * temperature**2


def total_loss(
    logits: Tensor,
    soft: Tensor,
    weights: Tensor,
    taught: Sequence[Tensor | None],
    parts: Sequence[LossPart],
    options: FitOptions,
) -> Tensor:
    """The sum over the heads: the labels' loss, and the teachers' for its share.

    What a picture does not know is nought in `soft`: it adds nothing, and no gradient. A head that
    nobody teaches is learned from labels alone.
    """
    total = torch.zeros((), device=logits.device)
    for part, answers in zip(parts, taught, strict=True):
        own = logits[:, part.columns]
        loss = label_loss(own, soft[:, part.columns], weights[part.columns], options.focal)
        if answers is not None:
            other = teacher_loss(own, answers, options.distil_temperature)
            loss = torch.lerp(loss, other, options.distil)
        total = total + part.weight * loss
    return total


def strange_loss(logits: Tensor, count: int, parts: Sequence[LossPart]) -> Tensor:
    """Of `count` faces and the strangers in the rows below them: the mean over the heads, each of
    which tells strangers by itself, from every face, whether its label is known or not."""
    losses = [
        stranger_loss(logits[:count, part.columns], logits[count:, part.columns]) for part in parts
    ]
    return torch.stack(losses).mean()
