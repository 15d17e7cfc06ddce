"""The nets that `contract.net` can name."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from train.contract import Contract, ContractError
from train.nets.efficientnet import EfficientNet
from train.nets.plain import slim, wide

NETS: dict[str, Callable[..., nn.Module]] = {
    "efficientnet-b0": EfficientNet,
    "slim": slim,
    "wide": wide,
}


def build_net(contract: Contract) -> nn.Module:
    """The untrained net that a contract describes."""
    if contract.net not in NETS:
        raise ContractError(f"net is {contract.net!r}, not one of {sorted(NETS)}")
    return NETS[contract.net](outputs=contract.outputs, channels=contract.input.depth)
