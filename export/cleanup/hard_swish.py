"""TensorFlow's optimiser makes one node of a hard swish, which TF.js does not know."""

from __future__ import annotations

import numpy as np

from export.graph import Graph, Node

_FLOAT = {"T": {"type": "DT_FLOAT"}}


def expand_hard_swishes(graph: Graph) -> bool:
    """`_FusedHardSwish` becomes x · relu6(x + 3) · 1/6 again."""
    found = [node for node in graph.nodes.values() if node.op == "_FusedHardSwish"]
    for node in found:
        _expand(graph, node)
    return bool(found)


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
