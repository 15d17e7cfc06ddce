"""TensorFlow's optimiser makes one node of a hard swish, which TF.js does not know."""

from __future__ import annotations

import numpy as np

from export.execute import FUSED
from export.graph import Graph, Node

_OP = "_FusedHardSwish"
_FLOAT = {"T": {"type": "DT_FLOAT"}}


def expand_hard_swishes(graph: Graph) -> bool:
    """`_FusedHardSwish` becomes x · relu6(x + 3) · 1/6 again, alone or as a layer's activation."""
    for node in list(graph.nodes.values()):
        if node.op in FUSED and node.texts("fused_ops")[-1:] == [_OP]:
            _split(graph, node)
    found = [node for node in graph.nodes.values() if node.op == _OP]
    for node in found:
        _expand(graph, node)
    return bool(found)


def _split(graph: Graph, layer: Node) -> None:
    name = f"{layer.name}/linear"
    linear = Node(name=name, op=layer.op, inputs=layer.inputs, attrs=dict(layer.attrs))
    linear.set_texts("fused_ops", layer.texts("fused_ops")[:-1])
    graph.nodes[name] = linear
    graph.nodes[layer.name] = Node(name=layer.name, op=_OP, inputs=[name])


def _expand(graph: Graph, node: Node) -> None:
    (x,) = node.inputs
    three = graph.add_constant(f"{node.name}/three", np.array(3, np.float32))
    sixth = graph.add_constant(f"{node.name}/sixth", np.array(1 / 6, np.float32))
    add, cut, product = f"{node.name}/add", f"{node.name}/cut", f"{node.name}/product"
    for name, op, inputs in (
        (add, "AddV2", [x, three]),
        (cut, "Relu6", [add]),
        (product, "Mul", [x, cut]),
        (node.name, "Mul", [product, sixth]),
    ):
        graph.nodes[name] = Node(name=name, op=op, inputs=inputs, attrs=dict(_FLOAT))
