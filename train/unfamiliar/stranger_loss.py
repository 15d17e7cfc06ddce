"""What is added to a fit's loss so that faces and strangers come apart."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

WEIGHT = 0.5
"""Of the whole, beside the labels' loss, as in https://arxiv.org/abs/1812.04606."""


def stranger_loss(faces: Tensor, strangers: Tensor) -> Tensor:
    """Logits [N, K] of faces and [M, K] of strangers.

    The energy, logsumexp of the logits, is to be above nought of a face and below of a stranger: as
    if there was one more class, "none of these", whose logit is always nought. Labels leave that
    freedom: they say nothing of all logits together. And no label is to be likelier of a stranger.
    """
    known = F.softplus(-torch.logsumexp(faces, dim=1)).mean()
    unknown = F.softplus(torch.logsumexp(strangers, dim=1)).mean()
    even = (torch.logsumexp(strangers, dim=1) - strangers.mean(1)).mean()
    return WEIGHT * (known + unknown + even)
