"""The Tiny Face Detector in onnxruntime, for work that has many pictures to look at.

On one core it is several times as fast as torch, and fastest with one square at a time: what eight
of 416 leave between two layers is more than a cache holds.
"""

from __future__ import annotations

import copy
import warnings
from io import BytesIO
from typing import Any

import onnxruntime
import torch
from torch import Tensor, nn

from face_detect.crop import Pixels
from face_detect.tiny import Raw, TinyDetector, TinyFaceNet

_TRACED = 96
"""Side of the square that the graph is drawn from; any multiple of 32 may follow."""


def quick(detector: TinyDetector) -> TinyDetector:
    """The same detector; its boxes are the same but for the order of float32 sums."""
    made = copy.copy(detector)
    made.answer = QuickNet(detector.net)
    return made


class QuickNet:
    """The detector's net, with the same weights."""

    def __init__(self, net: TinyFaceNet) -> None:
        options = onnxruntime.SessionOptions()
        # Whoever works on many pictures has a process for each core.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            _graph(net), options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, square: Pixels) -> Raw:
        raw: Raw = self._session.run(None, {"rgb": square})[0][0]
        return raw


class _FromPixels(nn.Module):
    """Pixels as they lie in a picture, [S, S, 3], as the net's planes."""

    def __init__(self, net: TinyFaceNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, rgb: Tensor) -> Tensor:
        raw: Tensor = self.net(rgb.permute(2, 0, 1)[None].to(torch.float32))
        return raw


def _graph(net: TinyFaceNet) -> bytes:
    """As ONNX, for a square of any size."""
    graph = BytesIO()
    file: Any = graph  # which torch takes, though its types do not say so
    # The exporter that keeps the pools whole tells that it is the old one.
    with warnings.catch_warnings(action="ignore"):
        torch.onnx.export(
            _FromPixels(net),
            (torch.zeros(_TRACED, _TRACED, 3, dtype=torch.uint8),),
            file,
            dynamo=False,
            opset_version=13,
            input_names=["rgb"],
            output_names=["raw"],
            dynamic_axes={"rgb": {0: "height", 1: "width"}, "raw": {2: "down", 3: "across"}},
        )
    return graph.getvalue()
