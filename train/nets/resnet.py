"""ResNet (He et al., 2015) and ResNeXt (Xie et al., 2016), tensors named as in torchvision."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from train.nets.initialise import initialise


class ResNet(nn.Module):
    """Four stages of two-layer blocks, or of bottlenecks with grouped convolutions."""

    def __init__(
        self,
        *,
        outputs: int,
        channels: int = 3,
        depths: Sequence[int],
        bottleneck: bool,
        groups: int = 1,
        group_width: int = 64,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = 64
        for index, depth in enumerate(depths):
            width = 64 << index
            inner = width * group_width // 64 * groups
            blocks: list[nn.Module] = []
            for number in range(depth):
                stride = 2 if index > 0 and number == 0 else 1
                block = _Block(inputs, width, inner, stride, groups, bottleneck)
                blocks.append(block)
                inputs = block.outputs
            self.add_module(f"layer{index + 1}", nn.Sequential(*blocks))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(dropout)
        self.fc = nn.Linear(inputs, outputs)
        self.apply(initialise)
        for part in self.modules():
            if isinstance(part, _Block):
                nn.init.zeros_(part.last_norm.weight)

    @property
    def stages(self) -> list[nn.Module]:
        """What `--freeze` counts; torchvision's names leave no room for `features`."""
        stem = nn.ModuleList([self.conv1, self.bn1])
        return [stem, *(self.get_submodule(f"layer{index + 1}") for index in range(4))]

    def forward(self, x: Tensor) -> Tensor:
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        for index in range(4):
            x = self.get_submodule(f"layer{index + 1}")(x)
        logits: Tensor = self.fc(self.dropout(torch.flatten(self.avgpool(x), 1)))
        return logits


class _Block(nn.Module):
    """3×3 and 3×3; as a bottleneck 1×1, grouped 3×3 and 1×1 to four times the width."""

    def __init__(
        self, inputs: int, width: int, inner: int, stride: int, groups: int, bottleneck: bool
    ) -> None:
        super().__init__()
        self.outputs = 4 * width if bottleneck else width
        if bottleneck:
            self.conv1 = nn.Conv2d(inputs, inner, 1, bias=False)
            self.conv2 = nn.Conv2d(inner, inner, 3, stride, 1, groups=groups, bias=False)
            self.conv3 = nn.Conv2d(inner, self.outputs, 1, bias=False)
            self.bn3 = nn.BatchNorm2d(self.outputs)
        else:
            self.conv1 = nn.Conv2d(inputs, inner, 3, stride, 1, bias=False)
            self.conv2 = nn.Conv2d(inner, inner, 3, 1, 1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(inner), nn.BatchNorm2d(inner)
        self.relu = nn.ReLU(inplace=True)
        self.bottleneck = bottleneck
        self.downsample: nn.Module = nn.Identity()
        if stride != 1 or inputs != self.outputs:
            conv = nn.Conv2d(inputs, self.outputs, 1, stride, bias=False)
            self.downsample = nn.Sequential(conv, nn.BatchNorm2d(self.outputs))

    @property
    def last_norm(self) -> nn.BatchNorm2d:
        return self.bn3 if self.bottleneck else self.bn2

    def forward(self, x: Tensor) -> Tensor:
        y = self.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.bottleneck:
            y = self.bn3(self.conv3(self.relu(y)))
        out: Tensor = self.relu(y + self.downsample(x))
        return out
