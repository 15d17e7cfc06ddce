"""Run a TF.js graph in TensorFlow, and ask it for the shapes between the nodes.

Two of TF.js' operations have no kernel in TensorFlow (`Prelu`, fused depthwise convolution), so
fused nodes are taken apart again.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from export.graph import Array, Graph, Node

FUSED = {
    "_FusedConv2D": "Conv2D",
    "FusedDepthwiseConv2dNative": "DepthwiseConv2dNative",
    "_FusedMatMul": "MatMul",
}
_FLOAT = {"type": "DT_FLOAT"}
_KEPT = {
    "Conv2D": ("strides", "padding", "explicit_paddings", "dilations", "data_format"),
    "DepthwiseConv2dNative": (
        *("strides", "padding", "explicit_paddings", "dilations", "data_format"),
    ),
    "MatMul": ("transpose_a", "transpose_b"),
}


def executor(graph: Graph) -> Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
    """The graph as a function of its input, in TensorFlow on the CPU."""
    import tensorflow as tf

    run = concrete(graph)
    return lambda values: run(tf.constant(values)).numpy()


def concrete(graph: Graph) -> Any:
    """The graph as one of TensorFlow's concrete functions."""
    import tensorflow as tf

    wrapped = tf.compat.v1.wrap_function(
        lambda: tf.import_graph_def(_graph_def(graph), name=""), signature=[]
    )
    result = graph.output if ":" in graph.output else f"{graph.output}:0"
    return wrapped.prune(f"{graph.input}:0", result)


def shapes(graph: Graph) -> dict[str, list[int] | None]:
    """Each node's first output's shape; -1 for a length that is not known, None for no rank."""
    import tensorflow as tf

    with tf.Graph().as_default() as imported:
        tf.import_graph_def(_graph_def(graph), name="")
    found: dict[str, list[int] | None] = {}
    for name in graph.nodes:
        shape = imported.get_tensor_by_name(f"{name}:0").shape
        known = shape.rank is not None
        found[name] = [-1 if size is None else size for size in shape] if known else None
    return found


def _graph_def(graph: Graph) -> Any:
    from google.protobuf import json_format
    from tensorflow.core.framework import graph_pb2, node_def_pb2
    from tensorflow.python.framework import tensor_util

    definition = graph_pb2.GraphDef()
    constants = dict(graph.weights)
    for node in graph.nodes.values():
        for part in _padded_first(node, constants):
            attrs = {key: _as_stored(value) for key, value in part.attrs.items()}
            item = {"name": part.name, "op": part.op, "input": part.inputs, "attr": attrs}
            parsed = json_format.ParseDict(item, node_def_pb2.NodeDef())
            if part.op == "Placeholder":
                parsed.attr["shape"].shape.ClearField("dim")
                for size in graph.input_shape:
                    parsed.attr["shape"].shape.dim.add(size=size)
            if part.op == "Const":
                value = constants[part.name]
                parsed.attr["value"].tensor.CopyFrom(tensor_util.make_tensor_proto(value))
            definition.node.append(parsed)
    return definition


def _as_stored(attr: Any) -> Any:
    """TF.js knows no int64: its weights are int32 already, whatever the attributes say, and
    TensorFlow ends the whole process where the two differ."""
    return {"type": "DT_INT32"} if attr == {"type": "DT_INT64"} else attr


def _apart(node: Node) -> Iterator[Node]:
    """Nodes that TensorFlow has kernels for; the last one bears the name."""
    if node.op == "Prelu":
        yield from _prelu(node.name, *node.inputs)
    elif node.op in FUSED:
        yield from _fused_apart(node)
    else:
        yield node


def _padded_first(node: Node, constants: dict[str, Array]) -> Iterator[Node]:
    """TensorFlow's depthwise kernels do not take explicit paddings, so Pad goes in front."""
    if node.text("padding") == "EXPLICIT":
        name, paddings = f"{node.name}/pad", np.array(node.ints("explicit_paddings"), np.int32)
        constants[f"{name}/by"] = paddings.reshape(-1, 2)
        yield Node(name=f"{name}/by", op="Const", inputs=[], attrs={"dtype": {"type": "DT_INT32"}})
        attrs = {"T": _FLOAT, "Tpaddings": {"type": "DT_INT32"}}
        yield Node(name=name, op="Pad", inputs=[node.inputs[0], f"{name}/by"], attrs=attrs)
        node = dataclasses.replace(
            node, inputs=[name, *node.inputs[1:]], attrs=copy.deepcopy(node.attrs)
        )
        node.set_text("padding", "VALID")
        node.set_ints("explicit_paddings", [])
    yield from _apart(node)


def _fused_apart(node: Node) -> Iterator[Node]:
    base = FUSED[node.op]
    fused = node.texts("fused_ops")
    names = [f"{node.name}/{i}" for i in range(len(fused))] + [node.name]
    attrs = {key: node.attrs[key] for key in _KEPT[base] if key in node.attrs}
    yield Node(name=names[0], op=base, inputs=node.inputs[:2], attrs={"T": _FLOAT, **attrs})
    extra = node.inputs[2:]
    for op, before, name in zip(fused, names, names[1:], strict=False):
        if op == "BiasAdd":
            yield Node(name=name, op=op, inputs=[before, extra.pop(0)], attrs={"T": _FLOAT})
        elif op == "Prelu":
            yield from _prelu(name, before, extra.pop(0))
        else:
            slope = {"alpha": node.attrs["leakyrelu_alpha"]} if op == "LeakyRelu" else {}
            yield Node(name=name, op=op, inputs=[before], attrs={"T": _FLOAT, **slope})


def _prelu(name: str, value: str, slope: str) -> Iterator[Node]:
    """max(x, 0) − slope · max(−x, 0)."""
    attrs = {"T": _FLOAT}
    yield Node(name=f"{name}/up", op="Relu", inputs=[value], attrs=attrs)
    yield Node(name=f"{name}/minus", op="Neg", inputs=[value], attrs=attrs)
    yield Node(name=f"{name}/low", op="Relu", inputs=[f"{name}/minus"], attrs=attrs)
    yield Node(name=f"{name}/part", op="Mul", inputs=[f"{name}/low", slope], attrs=attrs)
    yield Node(name=name, op="Sub", inputs=[f"{name}/up", f"{name}/part"], attrs=attrs)
