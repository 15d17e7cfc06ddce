"""Reshapes that another one overrules, or that a mean can do without."""

from __future__ import annotations

import numpy as np

from export.execute import shapes
from export.graph import Graph, Node

_SHAPERS = ("Reshape", "Squeeze", "ExpandDims")


def simplify_reshapes(graph: Graph) -> bool:
    """Join reshapes; let a mean drop the axes that a reshape would take away."""
    found = [node for node in graph.nodes.values() if node.op == "Reshape"]
    known = shapes(graph) if found else {}
    changed = [_simplify(graph, node, known) for node in found]
    return any(changed)


def _simplify(graph: Graph, node: Node, known: dict[str, list[int] | None]) -> bool:
    target = graph.constant(node.inputs[1])
    before = graph.nodes.get(node.inputs[0])
    if target is None:
        return _target_is_known(graph, node, known[node.name])
    if before is None:
        return False
    if before.op in _SHAPERS and _same_everywhere(target.tolist()):
        node.inputs[0] = before.inputs[0]
        return True
    if known[node.name] is not None and known[node.name] == known[before.name]:
        if (known[node.name] or []).count(-1) <= 1:
            graph.replace(node.name, before.name)
            return True
        return False
    return _mean_drops_axes(graph, node, before, known)


def _target_is_known(graph: Graph, node: Node, shape: list[int] | None) -> bool:
    """A shape that the graph computes on each run, though only the batch is free."""
    if shape is None or shape.count(-1) > 1:
        return False
    node.inputs[1] = graph.add_constant(f"{node.name}/shape", np.array(shape, np.int32))
    return True


def _same_everywhere(target: list[int]) -> bool:
    """A zero would copy an axis of the tensor right before, which joining takes away."""
    return 0 not in target


def _mean_drops_axes(
    graph: Graph, node: Node, mean: Node, known: dict[str, list[int] | None]
) -> bool:
    keeps = mean.attrs.get("keep_dims", {}).get("b", False)
    shape, wanted = known[mean.name], known[node.name]
    axes = graph.constant(mean.inputs[1]) if len(mean.inputs) > 1 else None
    if mean.op not in ("Mean", "Max") or not keeps or axes is None or shape is None:
        return False
    dropped = {int(axis) % len(shape) for axis in axes.reshape(-1)}
    rest = [size for axis, size in enumerate(shape) if axis not in dropped]
    if rest != wanted or len(graph.consumers(mean.name)) != 1:
        return False
    mean.attrs["keep_dims"] = {"b": False}
    graph.replace(node.name, mean.name)
    return True
