"""The net that a random search over FER2013 ended with.

A. Vulpe-Grigoraşi and O. Grigore, "Convolutional Neural Network Hyperparameters optimization for
Facial Emotion Recognition", ATEE 2021, as its widths and dropouts are commonly reproduced.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.nets.initialise import initialise

_STAGES = ((256, 512), (384,), (192,), (384,))
_HIDDEN = 256
_CELLS = 3
"""What 48 × 48 pixels come to behind four pools; other sizes are brought to it."""


class TunedCnn(nn.Module):
    """Five convolutions in four stages, each with a pool and a dropout, and one hidden layer."""

    def __init__(self, *, outputs: int, channels: int = 1, dropout: float = 0.4) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        width = channels
        for stage in _STAGES:
            for wanted in stage:
                layers += [nn.Conv2d(width, wanted, 3, 1, 1), nn.ReLU(inplace=True)]
                width = wanted
            layers += [nn.BatchNorm2d(width), nn.MaxPool2d(2), nn.Dropout(dropout)]
        self.features = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d(_CELLS)
        self.classifier = nn.Sequential(
            nn.Linear(width * _CELLS * _CELLS, _HIDDEN),
            nn.ReLU(inplace=True),
            nn.BatchNorm1d(_HIDDEN),
            nn.Dropout(0.75 * dropout),
            nn.Linear(_HIDDEN, outputs),
        )
        self.apply(initialise)

    def forward(self, x: Tensor) -> Tensor:
        cells = self.features(x)
        if cells.shape[-2:] != (_CELLS, _CELLS):
            cells = self.pool(cells)
        logits: Tensor = self.classifier(torch.flatten(cells, 1))
        return logits
