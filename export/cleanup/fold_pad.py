"""Padding belongs to the convolution or the pool that follows it."""

from __future__ import annotations

import numpy as np

from export.graph import Graph, Node

_CONVOLUTIONS = ("Conv2D", "_FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative")


def fold_pads(graph: Graph) -> bool:
    """Move Pad into the reader's explicit paddings, or into SAME where that means the same."""
    changed = False
    for pad in [node for node in graph.nodes.values() if node.op in ("Pad", "PadV2")]:
        paddings = graph.constant(pad.inputs[1])
        readers = graph.consumers(pad.name)
        if paddings is None or not readers:
            continue
        if all(_takes(graph, pad, paddings.tolist(), reader) for reader in readers):
            for reader in readers:
                _fold(pad, paddings.tolist(), reader)
            changed = True
    return changed


def _takes(graph: Graph, pad: Node, paddings: list[list[int]], reader: Node) -> bool:
    spatial_only = paddings[0] == [0, 0] and paddings[-1] == [0, 0] and len(paddings) == 4
    if not spatial_only or reader.text("padding") != "VALID" or reader.inputs[0] != pad.name:
        return False
    if reader.channels_first:
        return False
    if reader.op in _CONVOLUTIONS:
        return _pad_value(graph, pad) == 0
    return (
        reader.op == "MaxPool"
        and _pad_value(graph, pad) <= float(np.finfo(np.float32).min)
        and _is_same(reader, paddings)
    )


def _is_same(pool: Node, paddings: list[list[int]]) -> bool:
    """SAME adds what is missing at the far side first: one more row for a 2×2 pool at stride 1."""
    small = pool.ints("ksize") == [1, 2, 2, 1] and pool.ints("strides") == [1, 1, 1, 1]
    return small and paddings[1] == [0, 1] and paddings[2] == [0, 1]


def _pad_value(graph: Graph, pad: Node) -> float:
    if pad.op == "Pad":
        return 0.0
    value = graph.constant(pad.inputs[2])
    return float("nan") if value is None else float(value)


def _fold(pad: Node, paddings: list[list[int]], reader: Node) -> None:
    reader.inputs[0] = pad.inputs[0]
    if reader.op == "MaxPool":
        reader.set_text("padding", "SAME")
        return
    reader.set_text("padding", "EXPLICIT")
    reader.set_ints("explicit_paddings", [size for pair in paddings for size in pair])
