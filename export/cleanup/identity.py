"""Nodes that hand on what they get."""

from __future__ import annotations

from export.graph import Graph

_NOTHING_DONE = ("Identity", "StopGradient", "Snapshot", "PreventGradient")


def drop_identities(graph: Graph) -> bool:
    """Read past nodes that do nothing."""
    found = [node for node in graph.nodes.values() if node.op in _NOTHING_DONE]
    for node in found:
        graph.replace(node.name, node.inputs[0])
        del graph.nodes[node.name]
    return bool(found)
