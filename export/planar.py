"""Give an ONNX net that takes NHWC an input in NCHW, which is what converters expect."""

from __future__ import annotations

import onnx
from onnx import helper, numpy_helper

from export.onnx_file import dims, real_inputs, set_dims

_CHANNELS = (1, 3)


def planar(model: onnx.ModelProto) -> onnx.ModelProto:
    """Move the input's channels to the front, and drop the transposes that did so before."""
    (given,) = real_inputs(model.graph)
    shape = dims(given)
    if len(shape) != 4 or shape[1] in _CHANNELS or shape[3] not in _CHANNELS:
        return model
    moved = onnx.ModelProto()
    moved.CopyFrom(model)
    (given,) = real_inputs(moved.graph)
    set_dims(
        given, ["batch" if shape[0] is None else shape[0], *(shape[i] or 1 for i in (3, 1, 2))]
    )
    del moved.graph.value_info[:]
    if not _drop_first(moved.graph, given.name, shape):
        _turn_back(moved.graph, given.name)
    return moved


def _drop_first(graph: onnx.GraphProto, name: str, shape: list[int | None]) -> bool:
    """Readers that only turn NHWC to NCHW have nothing left to do."""
    readers = [node for node in graph.node if name in node.input]
    if not readers or not all(_makes_planar(graph, node, shape) for node in readers):
        return False
    for node in readers:
        graph.node.remove(node)
        for other in graph.node:
            other.input[:] = [name if i == node.output[0] else i for i in other.input]
    return True


def _makes_planar(graph: onnx.GraphProto, node: onnx.NodeProto, shape: list[int | None]) -> bool:
    if node.op_type == "Transpose":
        return any(list(item.ints) == [0, 3, 1, 2] for item in node.attribute)
    values = [
        item for item in graph.initializer if len(node.input) > 1 and item.name == node.input[1]
    ]
    if node.op_type != "Reshape" or shape[3] != 1 or not values:
        return False
    return list(numpy_helper.to_array(values[0]))[1:] == [1, shape[1], shape[2]]


def _turn_back(graph: onnx.GraphProto, name: str) -> None:
    turned = f"{name}/nhwc"
    for node in graph.node:
        node.input[:] = [turned if i == name else i for i in node.input]
    graph.node.insert(0, helper.make_node("Transpose", [name], [turned], perm=[0, 2, 3, 1]))
