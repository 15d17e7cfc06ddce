"""DenseNet (Huang et al., 2016) with the state-dict names of torchvision's."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from train.nets.initialise import initialise

_BOTTLENECK = 4


class DenseNet(nn.Module):
    """DenseNet-121 by default."""

    def __init__(
        self,
        *,
        outputs: int,
        channels: int = 3,
        depths: Sequence[int] = (6, 12, 24, 16),
        growth: int = 32,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        width = 2 * growth
        parts: OrderedDict[str, nn.Module] = OrderedDict(
            conv0=nn.Conv2d(channels, width, 7, 2, 3, bias=False),
            norm0=nn.BatchNorm2d(width),
            relu0=nn.ReLU(inplace=True),
            pool0=nn.MaxPool2d(3, 2, 1),
        )
        for number, depth in enumerate(depths, start=1):
            parts[f"denseblock{number}"] = _DenseBlock(width, depth, growth)
            width += depth * growth
            if number < len(depths):
                parts[f"transition{number}"] = _transition(width)
                width //= 2
        parts["norm5"] = nn.BatchNorm2d(width)
        self.features = nn.Sequential(parts)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(width, outputs)
        self.apply(initialise)

    def forward(self, x: Tensor) -> Tensor:
        pooled = self.avgpool(nn.functional.relu(self.features(x)))
        logits: Tensor = self.classifier(self.dropout(torch.flatten(pooled, 1)))
        return logits


class _DenseBlock(nn.Module):
    """Each layer takes all that came before it."""

    def __init__(self, inputs: int, depth: int, growth: int) -> None:
        super().__init__()
        for number in range(depth):
            self.add_module(f"denselayer{number + 1}", _DenseLayer(inputs, growth))
            inputs += growth

    def forward(self, x: Tensor) -> Tensor:
        for layer in self.children():
            x = torch.cat([x, layer(x)], 1)
        return x


class _DenseLayer(nn.Module):
    def __init__(self, inputs: int, growth: int) -> None:
        super().__init__()
        hidden = _BOTTLENECK * growth
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, hidden, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(hidden)
        self.conv2 = nn.Conv2d(hidden, growth, 3, 1, 1, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv1(nn.functional.relu(self.norm1(x)))
        new: Tensor = self.conv2(nn.functional.relu(self.norm2(x)))
        return new


def _transition(inputs: int) -> nn.Sequential:
    return nn.Sequential(
        OrderedDict(
            norm=nn.BatchNorm2d(inputs),
            relu=nn.ReLU(inplace=True),
            conv=nn.Conv2d(inputs, inputs // 2, 1, bias=False),
            pool=nn.AvgPool2d(2),
        )
    )
