"""A dense net on where a face's points lie: what the face's shape alone says, without its shades.

The points come from a net that others trained (`face_detect.landmark_net`); it stays as it is.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from face_detect.crop import resize_weights
from face_detect.landmark_net import MEAN_RGB, SIDE, LandmarkNet
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.contract import Input
from train.nets.activation import activation as named
from train.nets.face_geometry import FEATURES, FaceGeometry
from train.nets.initialise import initialise

LANDMARKS_CREDIT = (
    "the net that finds the landmarks, which was not trained here, is the tiny one of"
    " [@vladmandic/face-api](https://github.com/vladmandic/face-api), MIT licence,"
    " Copyright (c) Vladimir Mandic"
)


class LandmarkGeometry(nn.Module):
    """Landmarks, their geometry, and `depth` hidden layers of `width` units."""

    def __init__(
        self,
        *,
        outputs: int,
        channels: int = 1,
        spec: Input | None = None,
        depth: int = 2,
        width: int = 128,
        activation: str = "relu",
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.pixels = _Pixels(channels, spec)
        self.landmarks = LandmarkNet.read(DEFAULT_WEIGHTS)
        self.geometry = FaceGeometry()
        layers: list[nn.Module] = []
        inputs = FEATURES
        for _ in range(depth):
            layers += [nn.Linear(inputs, width), named(activation), nn.Dropout(dropout)]
            inputs = width
        # Faces are so alike that without it hardly anything would reach the layers.
        self.spread = nn.BatchNorm1d(FEATURES)
        self.hidden = nn.Sequential(*layers)
        self.classifier = nn.Linear(inputs, outputs)
        self.hidden.apply(initialise)
        self.classifier.apply(initialise)

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.classifier(self.hidden(self.spread(self._shape(x))))
        return logits

    def _shape(self, x: Tensor) -> Tensor:
        """In full precision always: lids lie three pixels apart, and bfloat16 would round that."""
        kind = x.device.type
        if not (torch.amp.is_autocast_available(kind) and torch.is_autocast_enabled(kind)):
            return self._measured(x)  # exporters take no autocast
        with torch.autocast(kind, enabled=False):
            return self._measured(x.float())

    def _measured(self, x: Tensor) -> Tensor:
        geometry: Tensor = self.geometry(self.landmarks(self.pixels(x)))
        return geometry


class _Pixels(nn.Module):
    """From what the contract's input is to what the landmark net takes, which is RGB."""

    scale: Tensor
    shift: Tensor

    def __init__(self, channels: int, spec: Input | None) -> None:
        super().__init__()
        mean = torch.tensor(spec.mean if spec else [0.0] * channels)
        std = torch.tensor(spec.std if spec else [1.0] * channels)
        shift = mean.expand(3) - torch.tensor(MEAN_RGB) / 255
        self.register_buffer("scale", std.expand(3).reshape(1, 3, 1, 1), persistent=False)
        self.register_buffer("shift", shift.reshape(1, 3, 1, 1), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        side = int(x.shape[-1])
        if side != SIDE:
            # The sampler's own arithmetic, as products: they convert where resizing does not.
            resize = torch.from_numpy(resize_weights(side, SIDE)).to(x)
            x = resize @ (x @ resize.T)
        return x * self.scale + self.shift
