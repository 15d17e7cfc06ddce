"""The layers of a net that drop something."""

from __future__ import annotations

from torch import nn
from torch.nn.modules.dropout import _DropoutNd


def dropouts(net: nn.Module) -> list[nn.Module]:
    """Those whose chance is above nought; without any, every pass is the same."""
    return [layer for layer in net.modules() if isinstance(layer, _DropoutNd) and layer.p > 0]
