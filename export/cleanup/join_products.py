"""Products of one row that are laid side by side, as those of several heads, are one product."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from export.graph import Graph, Node, source

_PRODUCTS = ("MatMul", "_FusedMatMul")
_WITH_A_SLOPE = ("LeakyRelu", "Prelu")


def join_products(graph: Graph) -> bool:
    """A Concat of products of one row becomes one product: the page's kernels know no Concat."""
    changed = False
    for node in [node for node in graph.nodes.values() if node.op == "ConcatV2"]:
        *names, axis = node.inputs
        parts = [graph.nodes[source(name)] for name in names]
        if _is_last(graph, axis) and _are_alike(graph, node, parts):
            _join(graph, node, parts)
            changed = True
    return changed


def _is_last(graph: Graph, axis: str) -> bool:
    value = graph.constant(axis)
    return value is not None and int(value) in (1, -1)


def _are_alike(graph: Graph, concat: Node, parts: Sequence[Node]) -> bool:
    first = parts[0]
    return all(
        part.op in _PRODUCTS
        and part.op == first.op
        and part.inputs[0] == first.inputs[0]
        and part.texts("fused_ops") == first.texts("fused_ops")
        and not set(part.texts("fused_ops")) & set(_WITH_A_SLOPE)
        and not any(part.attrs.get(key, {}).get("b") for key in ("transpose_a", "transpose_b"))
        and all(graph.constant(name) is not None for name in part.inputs[1:])
        and graph.consumers(part.name) == [concat]
        for part in parts
    )


def _join(graph: Graph, concat: Node, parts: Sequence[Node]) -> None:
    """Matrices side by side, and biases."""
    first = parts[0]
    joined = [
        graph.add_constant(
            f"{concat.name}/joined{i}",
            np.concatenate([graph.weights[part.inputs[i]] for part in parts], axis=-1),
        )
        for i in range(1, len(first.inputs))
    ]
    graph.nodes[concat.name] = Node(
        name=concat.name, op=first.op, inputs=[first.inputs[0], *joined], attrs=dict(first.attrs)
    )
