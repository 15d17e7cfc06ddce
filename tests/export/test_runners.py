"""What onnxruntime cannot do with a net is said in one line that names the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from export.runners import Tensor, run_onnx
from face_detect.command import InputError

_PICTURES: Tensor = np.ones((3, 8, 8, 3), np.float32)


def _net(path: Path, *nodes: onnx.NodeProto) -> Path:
    weights = numpy_helper.from_array(np.ones((3 * 16 * 16, 2), np.float32), "w")
    graph = helper.make_graph(
        list(nodes),
        "net",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, "h", "w_"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [weights],
    )
    opsets = [helper.make_opsetid("", 17)]
    onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)
    return path


def test_a_dense_layer_of_another_size_is_the_files_fault(tmp_path: Path) -> None:
    flat, dense = (
        helper.make_node("Flatten", ["x"], ["f"]),
        helper.make_node("MatMul", ["f", "w"], ["y"]),
    )
    with pytest.raises(InputError, match=r"a\.onnx: does not run on \[16, 3, 8, 8\]"):
        run_onnx(_net(tmp_path / "a.onnx", flat, dense), _PICTURES, "nchw")


def test_one_number_for_all_pictures_is_no_answer(tmp_path: Path) -> None:
    mean = helper.make_node("ReduceMean", ["x"], ["y"], keepdims=0)
    with pytest.raises(InputError, match=r"a\.onnx: has no answer for each"):
        run_onnx(_net(tmp_path / "a.onnx", mean), _PICTURES, "nchw")
