"""Operators translated one by one answer as in onnxruntime, or are refused by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import tensorflow as tf
from onnx import TensorProto, helper, numpy_helper

from export.direct import direct
from export.graph import Array
from export.unsupported import UnsupportedOperatorError

RNG = np.random.default_rng(7)
SHAPE = (2, 3, 9, 7)


def numbers(*shape: int) -> Array:
    return RNG.standard_normal(shape).astype(np.float32)


def node(op: str, *more: str, **attrs: Any) -> onnx.NodeProto:
    return helper.make_node(op, ["x", *more], ["y"], **attrs)


def model(nodes: list[onnx.NodeProto], shape: tuple[int, ...], **weights: Array) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "net",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def check(nodes: list[onnx.NodeProto], shape: tuple[int, ...] = SHAPE, **weights: Array) -> None:
    net, x = model(nodes, shape, **weights), numbers(*shape) * 2
    (wanted,) = onnxruntime.InferenceSession(net.SerializeToString()).run(None, {"x": x})
    found = np.asarray(tf.function(direct(net))(tf.constant(x)))
    assert np.ptp(wanted) > 0.1
    np.testing.assert_allclose(found, wanted, atol=1e-4, rtol=1e-5)


@pytest.mark.parametrize("strides", [[1, 1], [2, 2], [2, 1]])
@pytest.mark.parametrize("dilations", [[1, 1], [2, 2], [1, 2]])
@pytest.mark.parametrize("groups", [1, 3])
def test_a_convolution_strides_and_dilates(
    strides: list[int], dilations: list[int], groups: int
) -> None:
    attrs = {"strides": strides, "dilations": dilations, "pads": [2, 1, 2, 2], "group": groups}
    check([node("Conv", "w", **attrs)], w=numbers(6, 3 // groups, 3, 3))


@pytest.mark.parametrize("auto_pad", ["SAME_UPPER", "SAME_LOWER", "VALID"])
@pytest.mark.parametrize("counted", [0, 1])
def test_an_average_counts_its_padding_when_asked_to(auto_pad: str, counted: int) -> None:
    attrs = {"kernel_shape": [3, 2], "strides": [2, 2], "count_include_pad": counted}
    check([node("AveragePool", auto_pad=auto_pad, **attrs)])


@pytest.mark.parametrize("attrs", [{}, {"alpha": 1.0, "gamma": 2.0}, {"alpha": 0.5}])
def test_selu_takes_its_two_numbers(attrs: dict[str, float]) -> None:
    check([node("Selu", **attrs)])


@pytest.mark.parametrize("kind", [TensorProto.INT32, TensorProto.INT64])
def test_a_cast_to_integers_cuts_off(kind: int) -> None:
    to = helper.make_node("Cast", ["x"], ["whole"], to=kind)
    check([to, helper.make_node("Cast", ["whole"], ["y"], to=TensorProto.FLOAT)])


def test_a_mean_of_tensors_divides_by_their_number() -> None:
    check([node("Mean", "x", "w")], w=numbers(3, 1, 1))


@pytest.mark.parametrize(
    "value", [{"value": numpy_helper.from_array(numbers(3, 1, 1))}, {"value_float": 2.5}]
)
def test_a_constant_node_is_its_value(value: dict[str, Any]) -> None:
    check([helper.make_node("Constant", [], ["c"], **value), node("Add", "c")])


@pytest.mark.parametrize(
    ("refused", "shape", "words"),
    [
        (node("Conv", "w"), (2, 3, 9), "Conv with kernel_shape of 1 sides"),
        (node("MaxPool", kernel_shape=[3]), (2, 3, 9), "MaxPool with kernel_shape of 1 sides"),
        (node("MaxPool", kernel_shape=[2, 2], dilations=[2, 2]), SHAPE, "MaxPool with dilations"),
        (node("Pad", "pads", mode="edge"), SHAPE, "Pad with mode edge"),
        (node("Pad", "crop"), SHAPE, "Pad with negative pads"),
        (node("Cast", to=TensorProto.BOOL), SHAPE, "Cast with to=BOOL"),
    ],
)
def test_a_setting_that_is_not_known_is_named(
    refused: onnx.NodeProto, shape: tuple[int, ...], words: str
) -> None:
    around = np.array([0, 0, 1, 1] * 2)
    net = model([refused], shape, w=numbers(4, 3, 3), pads=around, crop=-around)
    with pytest.raises(UnsupportedOperatorError, match=words):
        direct(net)(tf.constant(numbers(*shape)))
