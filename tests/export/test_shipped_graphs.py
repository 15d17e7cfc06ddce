"""The nets that this repository ships are as lean as ones written by hand for TF.js."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.cleanup import cleanup
from export.detector import detector_graph
from export.graph import Graph, Node
from export.to_onnx import to_onnx
from export.to_tf import Onnx2tf
from export.to_tfjs import to_tfjs
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from tests.conftest import ROOT
from train.checkpoint import CONTRACT, load

MODELS = sorted(path.parent.name for path in (ROOT / "models").glob(f"*/{CONTRACT}"))
NEEDLESS = {"BiasAdd", "Identity", "Pad", "PadV2", "Transpose"}
LAYERS = ("Conv2D", "DepthwiseConv2dNative", "MatMul")


@pytest.mark.parametrize("name", MODELS)
def test_a_model_keeps_no_needless_operator(name: str, tmp_path: Path) -> None:
    net, contract = load(ROOT / "models" / name)
    to_onnx(net, contract, tmp_path / "model.onnx")
    assert Onnx2tf().convert(tmp_path / "model.onnx", tmp_path / "saved_model") == "onnx2tf"
    check(cleanup(to_tfjs(tmp_path / "saved_model")))


def test_the_detector_keeps_no_needless_operator(tmp_path: Path) -> None:
    check(detector_graph(DEFAULT_WEIGHTS, tmp_path))


def check(graph: Graph) -> None:
    counts = graph.operator_counts()
    assert not NEEDLESS & counts.keys()
    assert counts["_FusedConv2D"] > 0
    assert [node.name for node in graph.nodes.values() if lacks_its_bias(graph, node)] == []


def lacks_its_bias(graph: Graph, node: Node) -> bool:
    """Whether a constant is added right behind a layer that was not fused."""
    sums = [reader for reader in graph.consumers(node.name) if "Add" in reader.op]
    beside = [name for reader in sums for name in reader.inputs if name in graph.weights]
    return node.op in LAYERS and bool(beside)
