"""A moving average of a net's weights, which answers better than any one step's."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel


def averaged(net: nn.Module, decay: float) -> AveragedModel:
    """The average over about 1 / (1 − decay) steps; over fewer at first, to forget the start."""

    def follow(average: Tensor, value: Tensor, steps: Tensor | int) -> Tensor:
        kept = min(decay, (1 + int(steps)) / (10 + int(steps)))
        return torch.lerp(average, value, 1 - kept) if value.is_floating_point() else value

    return AveragedModel(net, avg_fn=follow, use_buffers=True)
