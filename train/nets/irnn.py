"""Convolutions, then a recurrent layer that reads the face from its top row to its bottom one.

N. Jain and others, "Hybrid deep neural networks for face emotion recognition", Pattern Recognition
Letters 115 (2018), with six convolutions before the recurrent layer; that begins as the identity,
with ReLU: Q. V. Le and others, https://arxiv.org/abs/1504.00941. The batch norms are ours.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.nets.activation import activation as named
from train.nets.initialise import initialise

_WIDTHS = (32, 64, 128)
_CELLS = 6
"""Rows, and cells of each, that 48 × 48 pixels come to behind three pools."""


class Irnn(nn.Module):
    """`hidden` units; `identity` is how much of its state a unit keeps at first."""

    def __init__(
        self,
        *,
        outputs: int,
        channels: int = 1,
        hidden: int = 150,
        identity: float = 1.0,
        dropout: float = 0.4,
        activation: str = "relu",
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        width = channels
        for wanted in _WIDTHS:
            for inputs in (width, wanted):
                convolution = nn.Conv2d(inputs, wanted, 3, 1, 1, bias=False)
                layers += [convolution, nn.BatchNorm2d(wanted), named(activation)]
            layers += [nn.MaxPool2d(2), nn.Dropout(dropout / 2)]
            width = wanted
        self.features = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d(_CELLS)
        self.row = nn.Conv2d(width, hidden, (1, _CELLS))
        self.carry = nn.Linear(hidden, hidden, bias=False)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(hidden, outputs))
        for part in (self.features, self.row, self.classifier):
            part.apply(initialise)
        with torch.no_grad():
            self.carry.weight.copy_(identity * torch.eye(hidden))

    def forward(self, x: Tensor) -> Tensor:
        cells = self.features(x)
        if cells.shape[-2:] != (_CELLS, _CELLS):
            cells = self.pool(cells)
        rows = self.row(cells).flatten(2)
        state = torch.relu(rows[:, :, 0])
        for i in range(1, _CELLS):
            state = torch.relu(rows[:, :, i] + self.carry(state))
        logits: Tensor = self.classifier(state)
        return logits
