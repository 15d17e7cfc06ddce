"""MobileNet V2 (Sandler et al., 2018) with the state-dict names of torchvision's."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from train.nets.initialise import initialise

# Table 2 of https://arxiv.org/abs/1801.04381: expansion, width, depth, stride
_STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
_LAST = 1280


class MobileNetV2(nn.Module):
    """At its published width."""

    def __init__(self, *, outputs: int, channels: int = 3, dropout: float = 0.2) -> None:
        super().__init__()
        inputs = 32
        layers: list[nn.Module] = [_conv_norm(channels, inputs, 3, 2)]
        for expansion, width, depth, stride in _STAGES:
            for number in range(depth):
                first = stride if number == 0 else 1
                layers.append(_InvertedResidual(inputs, width, expansion, first))
                inputs = width
        layers.append(_conv_norm(inputs, _LAST, 1))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(nn.Dropout(dropout), nn.Linear(_LAST, outputs))
        self.apply(initialise)

    def forward(self, x: Tensor) -> Tensor:
        pooled = torch.flatten(self.avgpool(self.features(x)), 1)
        logits: Tensor = self.classifier(pooled)
        return logits


class _InvertedResidual(nn.Module):
    """Expand, depthwise, project; a shortcut where shapes allow."""

    def __init__(self, inputs: int, outputs: int, expansion: int, stride: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        layers: list[nn.Module] = []
        if expansion != 1:
            layers.append(_conv_norm(inputs, hidden, 1))
        layers.append(_conv_norm(hidden, hidden, 3, stride, groups=hidden))
        layers += [nn.Conv2d(hidden, outputs, 1, bias=False), nn.BatchNorm2d(outputs)]
        self.conv = nn.Sequential(*layers)
        self.has_shortcut = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.conv(x)
        return x + result if self.has_shortcut else result


def _conv_norm(
    inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1
) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU6(inplace=True),
    )
