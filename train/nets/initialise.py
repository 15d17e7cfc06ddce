"""How the weights of a net begin that was never fitted."""

from __future__ import annotations

import math

from torch import nn


def initialise(module: nn.Module) -> None:
    """For `Module.apply`: convolutions keep their outputs' spread, linear layers begin small."""
    if isinstance(module, nn.Conv2d):
        nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Linear):
        # torchvision divides by the outputs, which for a handful of labels starts far off.
        bound = 1 / math.sqrt(module.in_features)
        nn.init.uniform_(module.weight, -bound, bound)
        nn.init.zeros_(module.bias)
