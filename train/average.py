"""A moving average of a net's weights, which answers better than any one step's."""

from __future__ import annotations

from typing import TypeAlias

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

Tensors: TypeAlias = tuple[Tensor, ...] | list[Tensor]


def averaged(net: nn.Module, decay: float) -> AveragedModel:
    """The average over about 1 / (1 − decay) steps; over fewer at first, to forget the start."""

    def follow(averages: Tensors, values: Tensors, steps: Tensor | int) -> None:
        kept = min(decay, (1 + int(steps)) / (10 + int(steps)))
        if averages[0].is_floating_point():
            torch._foreach_lerp_(averages, values, 1 - kept)
        else:
            torch._foreach_copy_(averages, values)

    return AveragedModel(net, multi_avg_fn=follow, use_buffers=True)
