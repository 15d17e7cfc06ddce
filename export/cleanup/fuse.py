"""Bias and activation run inside the convolution where TF.js has a kernel for it."""

from __future__ import annotations

import numpy as np

from export.execute import FUSED
from export.graph import Array, Graph, Node

_FUSES = {plain: fused for fused, plain in FUSED.items()}
_ADDS = ("BiasAdd", "AddV2", "Add")
_ACTIVATIONS = ("Relu", "Relu6", "Elu", "Sigmoid", "LeakyRelu", "Prelu")


def fuse_biases(graph: Graph) -> bool:
    """conv → + constant per channel becomes one node."""
    changed = False
    for node in [node for node in graph.nodes.values() if node.op in _FUSES]:
        bias = _only_reader(graph, node)
        if bias is None or bias.op not in _ADDS or node.name not in bias.inputs:
            continue
        (other,) = [name for name in bias.inputs if name != node.name] or [""]
        value = bias_of(graph, node, other)
        if value is None or bias.channels_first:
            continue
        _become_fused(graph, node, graph.add_constant(f"{node.name}/bias", value))
        graph.replace(bias.name, node.name)
        del graph.nodes[bias.name]
        changed = True
    return changed


def bias_of(graph: Graph, layer: Node, addend: str) -> Array | None:
    """One number a channel, if adding `addend` behind a layer is a bias of that layer."""
    value, channels = graph.constant(addend), _channels(graph, layer)
    if value is None or channels is None or value.size not in (1, channels):
        return None
    # With more axes than the layer, a constant gives the sum more axes too.
    rank = 2 if "MatMul" in layer.op else 4
    if value.ndim > rank or (value.size > 1 and value.shape[-1] != channels):
        return None
    return np.broadcast_to(value.reshape(-1), (channels,)).astype(np.float32).copy()


def fuse_activations(graph: Graph) -> bool:
    """conv + bias → activation becomes one node."""
    changed = False
    for node in [node for node in graph.nodes.values() if node.op in (*FUSED, *_FUSES)]:
        active = _only_reader(graph, node)
        if active is None or active.op not in _ACTIVATIONS or active.inputs[0] != node.name:
            continue
        if len(node.texts("fused_ops")) > 1 or not _slope_is_constant(graph, active):
            continue
        if node.channels_first or (node.op in _FUSES and not _add_zero_bias(graph, node)):
            continue
        node.set_texts("fused_ops", ["BiasAdd", active.op])
        if active.op == "LeakyRelu":
            node.attrs["leakyrelu_alpha"] = active.attrs["alpha"]
        if active.op == "Prelu":
            node.inputs.append(active.inputs[1])
            node.attrs["num_args"] = {"i": "2"}
        graph.replace(active.name, node.name)
        del graph.nodes[active.name]
        changed = True
    return changed


def _add_zero_bias(graph: Graph, node: Node) -> bool:
    """TF.js drops an activation that is fused without a bias, so there has to be one."""
    channels = _channels(graph, node)
    if channels is None:
        return False
    zero = np.zeros(channels, np.float32)
    _become_fused(graph, node, graph.add_constant(f"{node.name}/bias", zero))
    return True


def _become_fused(graph: Graph, node: Node, bias: str) -> None:
    node.op = _FUSES[node.op]
    node.inputs = [*node.inputs[:2], bias]
    node.attrs["num_args"] = {"i": "1"}
    node.set_texts("fused_ops", ["BiasAdd"])


def _slope_is_constant(graph: Graph, active: Node) -> bool:
    return active.op != "Prelu" or graph.constant(active.inputs[1]) is not None


def _only_reader(graph: Graph, node: Node) -> Node | None:
    readers = graph.consumers(node.name)
    return readers[0] if len(readers) == 1 and graph.output != node.name else None


def _channels(graph: Graph, node: Node) -> int | None:
    """How many channels come out along the last axis, read off the filter."""
    weights = graph.constant(node.inputs[1])
    if weights is None or node.channels_first:
        return None
    if "Depthwise" in node.op:
        return int(weights.shape[2] * weights.shape[3])
    if "MatMul" in node.op:
        transposed = node.attrs.get("transpose_b", {}).get("b", False)
        return int(weights.shape[0 if transposed else 1])
    return int(weights.shape[3])
