"""Transposes that move nothing, or that another one undoes."""

from __future__ import annotations

import numpy as np

from export.execute import shapes
from export.graph import Graph, Node


def drop_transposes(graph: Graph) -> bool:
    """Drop a transpose that does nothing, join two, and turn one that moves no data to Reshape."""
    if join_transposes(graph):
        return True
    found = [node for node in graph.nodes.values() if node.op == "Transpose"]
    known = shapes(graph) if found else {}
    changed = [_to_reshape(graph, node, known) for node in found]
    return any(changed)


def join_transposes(graph: Graph) -> bool:
    """Drop transposes that do nothing and join each with the one before."""
    found = [node for node in graph.nodes.values() if node.op == "Transpose"]
    changed = [_join(graph, node) for node in found]
    return any(changed)


def _join(graph: Graph, node: Node) -> bool:
    order = graph.constant(node.inputs[1])
    if order is None:
        return False
    if order.tolist() == sorted(order.tolist()):
        graph.replace(node.name, node.inputs[0])
        return True
    before = graph.nodes.get(node.inputs[0])
    first = graph.constant(before.inputs[1]) if before and before.op == "Transpose" else None
    if before is None or first is None:
        return False
    joined = first[order].astype(np.int32)
    node.inputs = [before.inputs[0], graph.add_constant(f"{node.name}/order", joined)]
    return True


def _to_reshape(graph: Graph, node: Node, known: dict[str, list[int] | None]) -> bool:
    """Where all but one of the axes that move have length 1, the data stays where it is."""
    order = graph.constant(node.inputs[1])
    target = None
    if order is not None:
        target = shape_that_moves_nothing(known.get(node.inputs[0]), order.tolist())
    if target is None:
        return False
    become_reshape(graph, node, node.inputs[0], target)
    return True


def shape_that_moves_nothing(shape: list[int] | None, order: list[int]) -> list[int] | None:
    """What a reshape has to ask for to stand for a transpose; None where data would move."""
    if shape is None or len(shape) != len(order):
        return None
    longer = [axis for axis in order if shape[axis] != 1]
    target = [shape[axis] for axis in order]
    return target if longer == sorted(longer) and target.count(-1) <= 1 else None


def become_reshape(graph: Graph, node: Node, value: str, target: list[int]) -> None:
    """Make `node` a Reshape of `value`."""
    node.op = "Reshape"
    node.attrs = {"T": {"type": "DT_FLOAT"}, "Tshape": {"type": "DT_INT32"}}
    shape = np.array(target, np.int32)
    node.inputs = [value, graph.add_constant(f"{node.name}/shape", shape)]
