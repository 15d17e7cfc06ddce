"""face-api's Tiny Face Detector in torch, from the weights that its npm package ships."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels, Rect
from face_detect.decode import decode
from face_detect.filled import filled
from face_detect.letterbox import Letterbox, letterbox, letterbox_square
from face_detect.nms import nms
from face_detect.packed_weights import Weights
from face_detect.second_look import SecondLook, look_again
from face_detect.tiny_weights import OUTPUTS, WIDTHS, read_tiny_weights

# Both from face-api's src/tinyFaceDetector/const.ts
MEAN_RGB = (117.001, 114.697, 97.404)
OVERLAP = 0.4

SIZES = range(32, 4097, 32)
Raw = npt.NDArray[np.float32]
"""What the net says of a square, [25, S/32, S/32]."""


class TinyDetector:
    """Fast and frontal; small faces in large pictures need a larger `size`."""

    name = "tiny"

    def __init__(
        self,
        weights: Path,
        *,
        size: int = 416,
        threshold: float = 0.5,
        second_look: SecondLook | None = None,
    ) -> None:
        for side in (size, second_look.size if second_look else size):
            if side not in SIZES:
                raise InputError(
                    f"the detector's input size is {side}, "
                    f"not a multiple of 32 from {SIZES[0]} to {SIZES[-1]}"
                )
        self.size = size
        self.threshold = threshold
        self.second_look = second_look
        self.net = TinyFaceNet.read(weights)
        self.answer: Callable[[Pixels], Raw] = self._in_torch

    def detect(self, rgb: Pixels) -> list[Box]:
        boxes = self.search(rgb)
        look = self.second_look
        if look is None:
            return boxes
        return look_again(boxes, look, lambda rect: self.near(rgb, rect, look.size))

    def search(self, rgb: Pixels) -> list[Box]:
        """The faces of a picture, or one that fills it and is too large for a look at the whole."""
        boxes, look = self.whole(rgb), self.second_look
        if boxes or look is None:
            return boxes
        height, width = rgb.shape[:2]
        picture = Box(x=0, y=0, width=width, height=height, score=0)
        return self.near(rgb, look.rect(picture), look.size)

    def whole(self, rgb: Pixels) -> list[Box]:
        """The faces of a picture, at first sight."""
        return self._find(letterbox(rgb, self.size))

    def near(self, rgb: Pixels, rect: Rect, size: int) -> list[Box]:
        """The faces in a square, which is laid on `size`, in the whole picture's pixels."""
        found = self._find(letterbox_square(rgb, rect, size))
        return [replace(box, x=box.x + rect.x, y=box.y + rect.y) for box in found]

    def _find(self, boxed: Letterbox) -> list[Box]:
        raw = self.answer(boxed.square)
        return nms(decode(raw, boxed.extent_px, self.threshold), OVERLAP)

    def _in_torch(self, square: Pixels) -> Raw:
        with torch.inference_mode():
            planes = torch.from_numpy(square.transpose(2, 0, 1).astype(np.float32))
            raw: Raw = self.net(planes[None])[0].numpy()
        return raw


class TinyFaceNet(nn.Module):
    """[N, 3, S, S] RGB in 0..255 to [N, 25, S/32, S/32], before decoding; S a multiple of 32.

    Equal to face-api's net, rearranged for speed: the normalisation is part of the first
    convolution, and each pool comes before its activation, since both are monotone.
    """

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.stem = nn.Sequential(_stem(weights), _Pool(stride=2), nn.LeakyReLU(0.1))
        self.blocks = nn.Sequential(*(_block(weights, i) for i in range(1, len(WIDTHS))))
        head = weights["conv8/filters"].transpose(3, 2, 0, 1)
        self.head = filled(nn.Conv2d(WIDTHS[-1], OUTPUTS, 1), head, weights["conv8/bias"])
        self.eval().requires_grad_(False)

    @classmethod
    def read(cls, folder: Path) -> TinyFaceNet:
        """The net with the weights in face-api's `model` folder."""
        return cls(read_tiny_weights(folder))

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, self.head(self.blocks(self.stem(x))))


def _stem(weights: Weights) -> nn.Conv2d:
    """(x − mean) / 255 is folded in: exact, as no padding sees the shift."""
    filters, bias = weights["conv0/filters"] / 255, weights["conv0/bias"]
    shift = np.einsum("hwio,i->o", filters, np.array(MEAN_RGB))
    return filled(nn.Conv2d(3, WIDTHS[0], 3), filters.transpose(3, 2, 0, 1), bias - shift)


def _block(weights: Weights, i: int) -> nn.Sequential:
    inputs, outputs = WIDTHS[i - 1], WIDTHS[i]
    depthwise = nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
    return nn.Sequential(
        filled(depthwise, weights[f"conv{i}/depthwise_filter"].transpose(2, 3, 0, 1)),
        filled(
            nn.Conv2d(inputs, outputs, 1),
            weights[f"conv{i}/pointwise_filter"].transpose(3, 2, 0, 1),
            weights[f"conv{i}/bias"],
        ),
        _Pool(stride=1 if outputs == WIDTHS[-1] else 2),
        nn.LeakyReLU(0.1),
    )


class _Pool(nn.Module):
    """The largest of 2×2, padded right and bottom only: TensorFlow's SAME."""

    def __init__(self, stride: int) -> None:
        super().__init__()
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, _SamePool.apply(x, self.stride))  # type: ignore[no-untyped-call]


class _SamePool(torch.autograd.Function):
    """One ONNX node that says SAME; torch's own pools become forms that converters stumble on."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, stride: int) -> Tensor:
        if stride == 1:
            x = F.pad(x, (0, 1, 0, 1), value=float("-inf"))
        return F.max_pool2d(x, 2, stride, ceil_mode=True)

    @staticmethod
    def symbolic(g: Any, x: Any, stride: int) -> Any:
        strides = [stride, stride]
        return g.op("MaxPool", x, kernel_shape_i=[2, 2], strides_i=strides, auto_pad_s="SAME_UPPER")
