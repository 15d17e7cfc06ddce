"""Grappler regroups sums so that a bias ends up far from its convolution; bring it back."""

from __future__ import annotations

from export.cleanup.fuse import bias_of
from export.graph import Array, Graph, Node

_ADDS = ("AddV2", "Add", "AddN")
_BIASED = ("Conv2D", "DepthwiseConv2dNative", "MatMul")


def add_constants_first(graph: Graph) -> bool:
    """(x + conv) + bias becomes x + (conv + bias), unless x is a constant as well."""
    changed = False
    for outer in [node for node in graph.nodes.values() if node.op in _ADDS]:
        bias, inner = _bias_and_sum(graph, outer)
        conv = inner and bias and _convolution(graph, inner, bias)
        if not (bias and inner and conv) or len(graph.consumers(inner.name)) != 1:
            continue
        inner.op, inner.attrs = "AddV2", {"T": {"type": "DT_FLOAT"}}
        other = next(name for name in inner.inputs if name != conv.name)
        inner.inputs = [conv.name, bias]
        outer.op, outer.attrs = "AddV2", {"T": {"type": "DT_FLOAT"}}
        outer.inputs = [other, inner.name]
        changed = True
    return changed


def _bias_and_sum(graph: Graph, node: Node) -> tuple[str | None, Node | None]:
    if len(node.inputs) != 2:
        return None, None
    for bias, rest in (node.inputs, node.inputs[::-1]):
        value, inner = graph.constant(bias), graph.nodes.get(rest)
        if _per_channel(value) and inner and inner.op in _ADDS and len(inner.inputs) == 2:
            return bias, inner
    return None, None


def _convolution(graph: Graph, node: Node, bias: str) -> Node | None:
    """The addend that takes the bias: a convolution that nothing else reads."""
    if node.inputs[0] == node.inputs[1] or any(name in graph.weights for name in node.inputs):
        return None
    addends = [graph.nodes[name] for name in node.inputs if name in graph.nodes]
    for addend in addends:
        alone = len(graph.consumers(addend.name)) == 1
        if addend.op in _BIASED and alone and bias_of(graph, addend, bias) is not None:
            return addend
    return None


def _per_channel(value: Array | None) -> bool:
    return value is not None and value.ndim > 0 and value.size == value.shape[-1]
