"""Xception (Chollet, 2017): depthwise separable convolutions with shortcuts."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.nets.initialise import initialise

# Figure 5 of https://arxiv.org/abs/1610.02357
_ENTRY = (128, 256, 728)
_MIDDLE = 8
_WIDTH = 728
_EXIT = (1024, 1536, 2048)


class Xception(nn.Module):
    """Entry, middle and exit flow; padded, for the published net has no padding in its stem."""

    def __init__(self, *, outputs: int, channels: int = 3, dropout: float = 0.0) -> None:
        super().__init__()
        layers: list[nn.Module] = [*_stem(channels)]
        inputs = 64
        for width in _ENTRY:
            first = bool(width != _ENTRY[0])
            layers.append(_Block(inputs, (width, width), stride=2, starts_active=first))
            inputs = width
        layers += [_Block(_WIDTH, (_WIDTH,) * 3, stride=1) for _ in range(_MIDDLE)]
        layers.append(_Block(_WIDTH, (_WIDTH, _EXIT[0]), stride=2))
        layers += [*_separable(_EXIT[0], _EXIT[1]), nn.ReLU(inplace=True)]
        layers += [*_separable(_EXIT[1], _EXIT[2]), nn.ReLU(inplace=True)]
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(_EXIT[2], outputs))
        self.apply(initialise)

    def forward(self, x: Tensor) -> Tensor:
        pooled = torch.flatten(self.avgpool(self.features(x)), 1)
        logits: Tensor = self.classifier(pooled)
        return logits


class _Block(nn.Module):
    """Separable convolutions, each after a ReLU; a 1×1 shortcut where shapes differ."""

    def __init__(
        self, inputs: int, widths: tuple[int, ...], stride: int, starts_active: bool = True
    ) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        width = inputs
        for number, wanted in enumerate(widths):
            if number > 0 or starts_active:
                layers.append(nn.ReLU())
            layers += _separable(width, wanted)
            width = wanted
        if stride > 1:
            layers.append(nn.MaxPool2d(3, stride, 1))
        self.body = nn.Sequential(*layers)
        self.shortcut: nn.Module = nn.Identity()
        if stride > 1 or width != inputs:
            conv = nn.Conv2d(inputs, width, 1, stride, bias=False)
            self.shortcut = nn.Sequential(conv, nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.body(x) + self.shortcut(x)
        return out


def _stem(channels: int) -> list[nn.Module]:
    return [
        nn.Conv2d(channels, 32, 3, 2, 1, bias=False),
        nn.BatchNorm2d(32),
        nn.ReLU(inplace=True),
        nn.Conv2d(32, 64, 3, 1, 1, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(inplace=True),
    ]


def _separable(inputs: int, outputs: int) -> list[nn.Module]:
    return [
        nn.Conv2d(inputs, inputs, 3, 1, 1, groups=inputs, bias=False),
        nn.Conv2d(inputs, outputs, 1, bias=False),
        nn.BatchNorm2d(outputs),
    ]
