"""A convolution with given weights."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import nn


def filled(
    conv: nn.Conv2d,
    filters: npt.NDArray[np.float64],
    bias: npt.NDArray[np.float64] | None = None,
) -> nn.Conv2d:
    """The convolution itself, with these numbers; filters are OIHW."""
    with torch.no_grad():
        conv.weight.copy_(torch.from_numpy(filters))
        if conv.bias is not None and bias is not None:
            conv.bias.copy_(torch.from_numpy(bias))
    return conv
