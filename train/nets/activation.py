"""The non-linearities that a net can be built with."""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

from train.contract import ContractError

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "gelu": nn.GELU,
    "leaky_relu": nn.LeakyReLU,
    "relu": nn.ReLU,
    "sigmoid": nn.Sigmoid,
    "silu": nn.SiLU,
    "softmax": lambda: nn.Softmax(dim=1),
    "tanh": nn.Tanh,
}


def activation(name: str) -> nn.Module:
    """By its name; softmax runs over the channels or units."""
    if name not in ACTIVATIONS:
        raise ContractError(f"activation is {name!r}, not one of {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[name]()
