"""EfficientNet-B0 through onnx-tf, the second witness, in an environment of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper

from export.browser import Browser
from export.cleanup import cleanup
from export.compare_graphs import compare_graphs
from export.onnx_tf import OnnxTf, environment
from export.probe import probes
from export.runners import run_onnx
from export.to_onnx import to_onnx
from export.to_tf import CONVERTERS
from export.to_tfjs import to_tfjs
from export.unsupported import UnsupportedOperatorError
from face_detect.command import InputError
from train.contract import FER_LABELS, Contract, Head, Input
from train.nets import build_net

only_311 = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="onnx-tf's TensorFlow 2.15 has no build for 3.12"
)
SIZE = 64
CONTRACT = Contract(
    name="b0",
    net="efficientnet-b0",
    heads=(Head(name="emotion", labels=FER_LABELS),),
    input=Input(size=SIZE),
)


@pytest.fixture(scope="module")
def b0(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """EfficientNet-B0 whose batch norms have seen something; its zeros would be optimised away."""
    torch.manual_seed(0)
    net = build_net(CONTRACT)
    with torch.no_grad():
        for _ in range(2):
            net.train()(torch.randn(4, 3, SIZE, SIZE) * 1.3 + 0.2)
    path = tmp_path_factory.mktemp("b0") / "b0.onnx"
    to_onnx(net.eval(), CONTRACT, path)
    return path


@pytest.fixture(scope="module")
def saved_models(b0: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("saved")
    for name, make in CONVERTERS.items():
        make().convert(b0, folder / name)
    return {name: folder / name for name in CONVERTERS}


@only_311
def test_efficientnet_answers_in_chromium_as_in_onnxruntime(
    b0: Path, saved_models: dict[str, Path], web_build: Path, tmp_path: Path
) -> None:
    graph = cleanup(to_tfjs(saved_models["onnx-tf"]))
    assert graph.input_shape == [-1, SIZE, SIZE, 3]
    graph.write(tmp_path / "graph")
    inputs = probes((SIZE, SIZE, 3))
    (tmp_path / "input.bin").write_bytes(inputs.tobytes())
    with Browser(mounts={"/harness": web_build / "harness", "/data": tmp_path}) as browser:
        question = {
            "backend": "wasm",
            "graph": "/data/graph/model.json",
            "input": "/data/input.bin",
            "shape": list(inputs.shape),
        }
        said = browser.call("runGraph", question)
    reference = run_onnx(b0, inputs, "nchw")
    answers = np.array(said["values"], np.float32).reshape(reference.shape)
    assert np.abs(answers - reference).max() <= 1e-4 * np.abs(reference).max()


@only_311
def test_the_clean_up_makes_both_converters_graphs_alike(
    saved_models: dict[str, Path], tmp_path: Path
) -> None:
    by_name = {found.converter: found for found in compare_graphs(saved_models, tmp_path)}
    before, after = by_name["onnx-tf"].transposes
    assert before > 100
    assert after == 0
    layers = ("_FusedConv2D", "Conv2D", "FusedDepthwiseConv2dNative", "Pad", "PadV2")
    for layer in layers:
        counts = {found.operators_after.get(layer, 0) for found in by_name.values()}
        assert len(counts) == 1
    assert (tmp_path / "onnx-tf" / "after" / "model.json").is_file()


@only_311
def test_an_operator_that_onnx_tf_lacks_is_named(tmp_path: Path) -> None:
    graph = helper.make_graph(
        [helper.make_node("Warp", ["x"], ["y"], domain="com.example")],
        "net",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 8, 8])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("com.example", 1)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), tmp_path / "a.onnx")
    with pytest.raises(UnsupportedOperatorError, match="Warp"):
        OnnxTf().convert(tmp_path / "a.onnx", tmp_path / "saved_model")


def test_another_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    with pytest.raises(InputError, match=r"needs Python 3\.11, .* no build for 3\.12"):
        environment()
