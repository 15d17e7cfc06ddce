"""Fully connected layers on a picture's pixels: what a net without convolutions can learn."""

from __future__ import annotations

from torch import Tensor, nn

from train.nets.activation import activation as named
from train.nets.initialise import initialise

SIDE = 48
"""Other sizes are brought to this one, so that a net's weights do not depend on its input."""


class Dense(nn.Module):
    """`depth` hidden layers of `width` units."""

    def __init__(
        self,
        *,
        outputs: int,
        channels: int = 1,
        depth: int = 1,
        width: int = 256,
        activation: str = "relu",
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(SIDE)
        layers: list[nn.Module] = []
        inputs = channels * SIDE * SIDE
        for _ in range(depth):
            layers += [nn.Linear(inputs, width), named(activation), nn.Dropout(dropout)]
            inputs = width
        self.hidden = nn.Sequential(*layers)
        self.classifier = nn.Linear(inputs, outputs)
        self.apply(initialise)

    @property
    def stages(self) -> list[nn.Module]:
        """What `--freeze` counts: the hidden layers."""
        return [layer for layer in self.hidden if isinstance(layer, nn.Linear)]

    def forward(self, x: Tensor) -> Tensor:
        if x.shape[-2:] != (SIDE, SIDE):
            x = self.pool(x)
        logits: Tensor = self.classifier(self.hidden(x.flatten(1)))
        return logits
