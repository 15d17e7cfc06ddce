"""Transposes move down through what does not mind the order of axes, until two undo each other."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

import numpy as np

from export.cleanup.transpose import become_reshape, join_transposes, shape_that_moves_nothing
from export.execute import shapes
from export.graph import Graph, Node

Shapes = dict[str, list[int] | None]
UNARY = (
    *("Abs", "Elu", "Erf", "Exp", "Floor", "LeakyRelu", "Log", "Neg", "Reciprocal", "Relu"),
    *("Relu6", "Rsqrt", "Selu", "Sigmoid", "Softplus", "Softsign", "Sqrt", "Square", "Tanh"),
)
ELEMENTWISE = (
    *("Add", "AddN", "AddV2", "ClipByValue", "Maximum", "Minimum", "Mul", "Pow", "Prelu"),
    *("RealDiv", "SquaredDifference", "Sub"),
)
REDUCING = ("Max", "Mean", "Min", "Prod", "Sum")


def push_transposes(graph: Graph) -> bool:
    """Sink transposes as far as they go; kept only if fewer remain than before."""
    if not _count(graph):
        return False
    trial = copy.deepcopy(graph)
    known = shapes(trial)
    while _push_once(trial, known):
        trial.prune()
        while join_transposes(trial):
            trial.prune()
    if _count(trial) >= _count(graph):
        return False
    graph.nodes, graph.weights, graph.output = trial.nodes, trial.weights, trial.output
    return True


def _push_once(graph: Graph, known: Shapes) -> bool:
    changed = [_push(graph, node, known) for node in list(graph.nodes.values())]
    return any(changed)


def _count(graph: Graph) -> int:
    return graph.operator_counts().get("Transpose", 0)


def _push(graph: Graph, node: Node, known: Shapes) -> bool:
    """Put `node` before the transposes that it reads, and one transpose behind it.

    It comes to an end: a push takes a transpose away in front of its node and adds some only in
    front of later ones.
    """
    rule = _RULES.get(node.op)
    if rule is None or node.name not in graph.nodes:
        return False
    orders = [order for name in node.inputs if (order := _order(graph, name)) is not None]
    if not orders or known.get(node.name) is None:
        return False
    behind = rule(graph, node, orders[0], known)
    if behind is None:
        return False
    _transpose_behind(graph, node, behind, known)
    return True


def _order(graph: Graph, name: str) -> list[int] | None:
    """By which order an input was transposed."""
    node = graph.nodes.get(name)
    value = graph.constant(node.inputs[1]) if node and node.op == "Transpose" else None
    return None if value is None else [int(axis) for axis in value]


def _elementwise(graph: Graph, node: Node, order: list[int], known: Shapes) -> list[int] | None:
    inputs = [_before(graph, name, order, known) for name in node.inputs]
    if any(make is None for make in inputs):
        return None
    node.inputs = [make() for make in inputs if make is not None]
    return order


def _before(graph: Graph, name: str, order: list[int], known: Shapes) -> Callable[[], str] | None:
    """How to get an input as it was before it was transposed by `order`; None if it cannot be."""
    if _order(graph, name) == order:
        return lambda: graph.nodes[name].inputs[0]
    value, back = graph.constant(name), np.argsort(order)
    if value is not None and value.size == 1 and value.ndim <= len(order):
        return lambda: name
    if value is not None and value.ndim <= len(order):
        padded = value.reshape((1,) * (len(order) - value.ndim) + value.shape)
        return lambda: graph.add_constant(
            f"{name}/turned", np.ascontiguousarray(padded.transpose(back))
        )
    # A row of values, such as a gate per channel, is turned by a reshape, which costs nothing.
    target = shape_that_moves_nothing(known.get(name), back.tolist())
    return None if target is None else lambda: _turned(graph, name, target, known)


def _turned(graph: Graph, name: str, target: list[int], known: Shapes) -> str:
    """A reshape, for a transpose in front of the node would be pushed again, to the other side."""
    node = Node(name=_unused(graph, f"{name}/turned"), op="Reshape", inputs=[])
    graph.nodes[node.name] = node
    become_reshape(graph, node, name, target)
    known[node.name] = target
    return node.name


def _reducing(graph: Graph, node: Node, order: list[int], known: Shapes) -> list[int] | None:
    axes = graph.constant(node.inputs[1])
    if axes is None or _order(graph, node.inputs[0]) is None:
        return None
    gone = {order[int(axis) % len(order)] for axis in axes.reshape(-1)}
    moved = np.array(sorted(gone), np.int32)
    node.inputs = [
        graph.nodes[node.inputs[0]].inputs[0],
        graph.add_constant(f"{node.name}/axes", moved),
    ]
    if node.attrs.get("keep_dims", {}).get("b", False):
        return order
    rest = [axis for axis in order if axis not in gone]
    return [sorted(rest).index(axis) for axis in rest]


def _padding(graph: Graph, node: Node, order: list[int], known: Shapes) -> list[int] | None:
    by = graph.constant(node.inputs[1])
    if by is None or _order(graph, node.inputs[0]) is None:
        return None
    moved = np.ascontiguousarray(by[np.argsort(order)])
    node.inputs[:2] = [
        graph.nodes[node.inputs[0]].inputs[0],
        graph.add_constant(f"{node.name}/by", moved),
    ]
    return order


def _joining(graph: Graph, node: Node, order: list[int], known: Shapes) -> list[int] | None:
    axis = graph.constant(node.inputs[-1])
    if axis is None or any(_order(graph, name) != order for name in node.inputs[:-1]):
        return None
    moved = np.array(order[int(axis) % len(order)], np.int32)
    node.inputs = [
        *(graph.nodes[name].inputs[0] for name in node.inputs[:-1]),
        graph.add_constant(f"{node.name}/axis", moved),
    ]
    return order


def _bias(graph: Graph, node: Node, order: list[int], known: Shapes) -> list[int] | None:
    """BiasAdd adds along the last axis, so it becomes a sum that can add along any."""
    if node.channels_first:
        return None
    found = _elementwise(graph, node, order, known)
    if found is not None:
        node.op, node.attrs = "AddV2", {"T": {"type": "DT_FLOAT"}}
    return found


def _transpose_behind(graph: Graph, node: Node, order: list[int], known: Shapes) -> None:
    after = known[node.name]
    known[node.name] = _permuted(after, np.argsort(order).tolist())
    if order == sorted(order):
        return
    behind = _new_transpose(graph, f"{node.name}/after", "", order)
    known[behind.name] = after
    graph.replace(node.name, behind.name)
    behind.inputs[0] = node.name


def _new_transpose(graph: Graph, name: str, value: str, order: Sequence[int]) -> Node:
    constant = graph.add_constant(f"{name}/order", np.array(order, np.int32))
    attrs = {"T": {"type": "DT_FLOAT"}, "Tperm": {"type": "DT_INT32"}}
    inputs = [value, constant]
    node = Node(name=_unused(graph, name), op="Transpose", inputs=inputs, attrs=attrs)
    graph.nodes[node.name] = node
    return node


def _unused(graph: Graph, name: str) -> str:
    while name in graph.nodes:
        name += "_"
    return name


def _permuted(shape: list[int] | None, order: list[int]) -> list[int] | None:
    return None if shape is None else [shape[axis] for axis in order]


_Rule = Callable[[Graph, Node, list[int], Shapes], list[int] | None]
_RULES: dict[str, _Rule] = {
    **dict.fromkeys((*UNARY, *ELEMENTWISE), _elementwise),
    **dict.fromkeys(REDUCING, _reducing),
    **dict.fromkeys(("Pad", "PadV2"), _padding),
    "BiasAdd": _bias,
    "ConcatV2": _joining,
}
