"""What a fit makes small: the labels' loss, and how far a net is from its teachers."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from train.options import FitOptions


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
    logits: Tensor, soft: Tensor, weights: Tensor, teachers: Tensor | None, options: FitOptions
) -> Tensor:
    """The labels' loss, and the teachers' for its share."""
    loss = label_loss(logits, soft, weights, options.focal)
    if teachers is None:
        return loss
    taught = teacher_loss(logits, teachers, options.distil_temperature)
    return torch.lerp(loss, taught, options.distil)
