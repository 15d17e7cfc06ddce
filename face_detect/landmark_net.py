"""face-api's tiny net of 68 landmarks in torch, from the weights that its npm package ships."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from face_detect.filled import filled
from face_detect.landmark_weights import WIDTHS, read_landmark_weights
from face_detect.packed_weights import Weights

SIDE = 112
# From face-api's src/faceFeatureExtractor/TinyFaceFeatureExtractor.ts
MEAN_RGB = (122.782, 117.001, 104.298)


class LandmarkNet(nn.Module):
    """[N, 3, 112, 112], which is (RGB − mean) / 255, to [N, 136]: every point's x, then every y,
    as shares of the picture's sides.

    The points are those of iBUG 300-W; "right" and "left" are the face's own.
    """

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.blocks = nn.Sequential(*(_Block(weights, i) for i in range(len(WIDTHS))))
        self.points = _points(weights)
        self.eval().requires_grad_(False)

    @classmethod
    def read(cls, folder: Path) -> LandmarkNet:
        """The net with the weights in face-api's `model` folder."""
        return cls(read_landmark_weights(folder))

    def forward(self, x: Tensor) -> Tensor:
        points: Tensor = self.points(self.blocks(x).mean((2, 3)))
        return points


class _Block(nn.Module):
    """Three convolutions, the first at half the size; each later one sees the sum before it."""

    def __init__(self, weights: Weights, i: int) -> None:
        super().__init__()
        self.first = _conv(weights, f"dense{i}/conv0", stride=2)
        self.second = _conv(weights, f"dense{i}/conv1")
        self.third = _conv(weights, f"dense{i}/conv2")

    def forward(self, x: Tensor) -> Tensor:
        # At even sides TensorFlow's SAME with stride 2 pads right and bottom only.
        first = torch.relu(self.first(F.pad(x, (0, 1, 0, 1))))
        both = first + self.second(first)
        return torch.relu(both + self.third(torch.relu(both)))


def _conv(weights: Weights, name: str, stride: int = 1) -> nn.Module:
    padding, bias = 1 if stride == 1 else 0, weights[f"{name}/bias"]
    if f"{name}/filters" in weights:
        filters = weights[f"{name}/filters"].transpose(3, 2, 0, 1)
        outputs, inputs = filters.shape[:2]
        return filled(nn.Conv2d(inputs, outputs, 3, stride, padding), filters, bias)
    depthwise = weights[f"{name}/depthwise_filter"].transpose(2, 3, 0, 1)
    pointwise = weights[f"{name}/pointwise_filter"].transpose(3, 2, 0, 1)
    outputs, inputs = pointwise.shape[:2]
    return nn.Sequential(
        filled(nn.Conv2d(inputs, inputs, 3, stride, padding, groups=inputs, bias=False), depthwise),
        filled(nn.Conv2d(inputs, outputs, 1), pointwise, bias),
    )


def _points(weights: Weights) -> nn.Linear:
    """face-api's answers are x and y in turn."""
    matrix, bias = weights["fc/weights"].T, weights["fc/bias"]
    layer = nn.Linear(matrix.shape[1], matrix.shape[0])
    with torch.no_grad():
        for mine, theirs in ((layer.weight, matrix), (layer.bias, bias)):
            mine.copy_(torch.cat([torch.from_numpy(theirs[i::2].copy()) for i in range(2)]))
    return layer
