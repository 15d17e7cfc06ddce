"""VGG (Simonyan and Zisserman, 2014) with batch norm; the features are named as in torchvision."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from train.nets.initialise import initialise
from train.nets.plain import POOL

VGG13 = (64, 64, POOL, 128, 128, POOL, 256, 256, POOL, 512, 512, POOL, 512, 512, POOL)


class Vgg(nn.Module):
    """VGG-13; its three large linear layers, made for 224 × 224, are one behind an average."""

    def __init__(
        self,
        *,
        outputs: int,
        channels: int = 3,
        widths: Sequence[int] = VGG13,
        dropout: float = 0.4,
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        width = channels
        for wanted in widths:
            if wanted == POOL:
                layers.append(nn.MaxPool2d(2))
                continue
            layers += [
                nn.Conv2d(width, wanted, 3, 1, 1),
                nn.BatchNorm2d(wanted),
                nn.ReLU(inplace=True),
            ]
            width = wanted
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(width, outputs))
        self.apply(initialise)

    def forward(self, x: Tensor) -> Tensor:
        pooled = torch.flatten(self.avgpool(self.features(x)), 1)
        logits: Tensor = self.classifier(pooled)
        return logits
