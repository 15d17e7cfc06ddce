"""Names that are the same on every run."""

from __future__ import annotations

from export.graph import INPUT, OUTPUT, Graph, source


def rename(graph: Graph) -> Graph:
    """Number the nodes in the order that the graph gives them; converters' names vary."""
    names = {
        name: f"{'w' if node.op == 'Const' else 'n'}{i}"
        for i, (name, node) in enumerate(graph.nodes.items())
    }
    names[graph.input] = INPUT
    names[source(graph.output)] = OUTPUT
    for node in graph.nodes.values():
        node.name = names[node.name]
        node.inputs = [_renamed(name, names) for name in node.inputs]
        node.attrs = {key: value for key, value in node.attrs.items() if not key.startswith("_")}
    graph.nodes = {node.name: node for node in graph.nodes.values()}
    graph.weights = {names[name]: value for name, value in graph.weights.items()}
    graph.input, graph.output = INPUT, _renamed(graph.output, names)
    return graph


def _renamed(name: str, names: dict[str, str]) -> str:
    return names[source(name)] + name[len(source(name)) :]
