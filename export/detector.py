"""The Tiny Face Detector as a TF.js graph, on the same road as the classifier."""

from __future__ import annotations

from pathlib import Path

import torch

from export.cleanup import cleanup
from export.graph import Graph
from export.to_onnx import export_module
from export.to_tf import Onnx2tf
from export.to_tfjs import to_tfjs
from face_detect.tiny import TinyFaceNet

_EXAMPLE_SIZE = 416


def detector_graph(weights: Path, work: Path) -> Graph:
    """Convert the detector whose published weights lie in `weights`; `work` takes the steps."""
    net = TinyFaceNet.read(weights)
    onnx_file = work / "detector.onnx"
    export_module(net, torch.zeros(1, 3, _EXAMPLE_SIZE, _EXAMPLE_SIZE), onnx_file)
    Onnx2tf().convert(onnx_file, work / "detector")
    graph = cleanup(to_tfjs(work / "detector"))
    # Nothing in it depends on the size: it is convolutions and pools all the way.
    graph.input_shape = [1, -1, -1, 3]
    return graph
