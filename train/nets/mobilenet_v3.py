"""MobileNet V3 (Howard et al., 2019) with the state-dict names of torchvision's."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.nets.initialise import initialise
from train.nets.round_width import round_width


@dataclass(frozen=True)
class _Row:
    """One block: as in tables 1 and 2 of https://arxiv.org/abs/1905.02244."""

    kernel: int
    hidden: int
    outputs: int
    squeeze: bool
    hard: bool
    stride: int


_LARGE = (
    _Row(3, 16, 16, False, False, 1),
    _Row(3, 64, 24, False, False, 2),
    _Row(3, 72, 24, False, False, 1),
    _Row(5, 72, 40, True, False, 2),
    _Row(5, 120, 40, True, False, 1),
    _Row(5, 120, 40, True, False, 1),
    _Row(3, 240, 80, False, True, 2),
    _Row(3, 200, 80, False, True, 1),
    _Row(3, 184, 80, False, True, 1),
    _Row(3, 184, 80, False, True, 1),
    _Row(3, 480, 112, True, True, 1),
    _Row(3, 672, 112, True, True, 1),
    _Row(5, 672, 160, True, True, 2),
    _Row(5, 960, 160, True, True, 1),
    _Row(5, 960, 160, True, True, 1),
)
_SMALL = (
    _Row(3, 16, 16, True, False, 2),
    _Row(3, 72, 24, False, False, 2),
    _Row(3, 88, 24, False, False, 1),
    _Row(5, 96, 40, True, True, 2),
    _Row(5, 240, 40, True, True, 1),
    _Row(5, 240, 40, True, True, 1),
    _Row(5, 120, 48, True, True, 1),
    _Row(5, 144, 48, True, True, 1),
    _Row(5, 288, 96, True, True, 2),
    _Row(5, 576, 96, True, True, 1),
    _Row(5, 576, 96, True, True, 1),
)


class MobileNetV3(nn.Module):
    """The large one, or the small one."""

    def __init__(
        self, *, outputs: int, channels: int = 3, large: bool = True, dropout: float = 0.2
    ) -> None:
        super().__init__()
        rows, last = (_LARGE, 1280) if large else (_SMALL, 1024)
        inputs = 16
        layers: list[nn.Module] = [_conv_norm(channels, inputs, 3, 2, active=nn.Hardswish)]
        for row in rows:
            layers.append(_Block(inputs, row))
            inputs = row.outputs
        wide = 6 * inputs
        layers.append(_conv_norm(inputs, wide, 1, active=nn.Hardswish))
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            nn.Linear(wide, last), nn.Hardswish(), nn.Dropout(dropout), nn.Linear(last, outputs)
        )
        self.apply(initialise)

    def forward(self, x: Tensor) -> Tensor:
        pooled = torch.flatten(self.avgpool(self.features(x)), 1)
        logits: Tensor = self.classifier(pooled)
        return logits


class _Block(nn.Module):
    """Expand, depthwise, squeeze and excite, project; a shortcut where shapes allow."""

    def __init__(self, inputs: int, row: _Row) -> None:
        super().__init__()
        active = nn.Hardswish if row.hard else nn.ReLU
        layers: list[nn.Module] = []
        if row.hidden != inputs:
            layers.append(_conv_norm(inputs, row.hidden, 1, active=active))
        depthwise = _conv_norm(
            row.hidden, row.hidden, row.kernel, row.stride, groups=row.hidden, active=active
        )
        layers.append(depthwise)
        if row.squeeze:
            layers.append(_SqueezeExcite(row.hidden))
        layers.append(_conv_norm(row.hidden, row.outputs, 1))
        self.block = nn.Sequential(*layers)
        self.has_shortcut = row.stride == 1 and inputs == row.outputs

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.block(x)
        return x + result if self.has_shortcut else result


class _SqueezeExcite(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        squeezed = round_width(width / 4)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(width, squeezed, 1)
        self.fc2 = nn.Conv2d(squeezed, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        scale: Tensor = self.fc2(nn.functional.relu(self.fc1(self.avgpool(x))))
        return x * nn.functional.hardsigmoid(scale)


def _conv_norm(
    inputs: int,
    outputs: int,
    kernel: int,
    stride: int = 1,
    groups: int = 1,
    active: type[nn.Module] | None = None,
) -> nn.Sequential:
    layers: list[nn.Module] = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs, eps=0.001, momentum=0.01),
    ]
    if active is not None:
        layers.append(active())
    return nn.Sequential(*layers)
