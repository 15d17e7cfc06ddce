"""A dense layer that reads a transposed picture takes its weights in the picture's own order."""

from __future__ import annotations

import math

import numpy as np

from export.execute import shapes
from export.graph import Graph, Node


def absorb_transposes(graph: Graph) -> bool:
    """Transpose → flatten → MatMul by a constant becomes flatten → MatMul."""
    found = [node for node in graph.nodes.values() if node.op in ("MatMul", "_FusedMatMul")]
    known = shapes(graph) if "Transpose" in graph.operator_counts() else {}
    changed = [_absorb(graph, node, known) for node in found]
    return any(changed)


def _absorb(graph: Graph, dense: Node, known: dict[str, list[int] | None]) -> bool:
    flat = graph.nodes.get(dense.inputs[0])
    turned = graph.nodes.get(flat.inputs[0]) if flat and flat.op == "Reshape" else None
    weights = graph.constant(dense.inputs[1])
    if flat is None or turned is None or weights is None or not _plain(dense):
        return False
    if turned.op != "Transpose":
        return False
    order, shape = graph.constant(turned.inputs[1]), known.get(turned.inputs[0])
    if order is None or shape is None or order[0] != 0 or -1 in shape[1:]:
        return False
    if math.prod(shape[1:]) != weights.shape[0] or len(graph.consumers(flat.name)) != 1:
        return False
    dense.inputs[1] = graph.add_constant(f"{dense.name}/weights", _turned(weights, order, shape))
    target = np.array([-1, weights.shape[0]], np.int32)
    flat.inputs = [turned.inputs[0], graph.add_constant(f"{flat.name}/shape", target)]
    return True


def _turned(weights: np.ndarray, order: np.ndarray, shape: list[int]) -> np.ndarray:
    """Rows in the order in which the picture lies before it is transposed."""
    axes = [int(axis) - 1 for axis in order[1:]]
    sides = [shape[1:][axis] for axis in axes]
    rows = np.arange(weights.shape[0]).reshape(sides).transpose(np.argsort(axes)).reshape(-1)
    return np.ascontiguousarray(weights[rows])


def _plain(dense: Node) -> bool:
    return not any(dense.attrs.get(key, {}).get("b") for key in ("transpose_a", "transpose_b"))
