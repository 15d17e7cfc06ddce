"""A graph that was broken on purpose sees its gate fail, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from export.gates import LIMITS, ToleranceError, gates_for, hold
from export.graph import Graph
from export.variants import write_variant
from tests.export.conftest import Small


def _swap_channels(graph: Graph) -> None:
    name = next(name for name, value in graph.weights.items() if value.shape[2:3] == (3,))
    graph.weights[name] = graph.weights[name][:, :, ::-1].copy()


def _drop_bias(graph: Graph) -> None:
    biases = [name for name, value in graph.weights.items() if value.size == 64]
    graph.weights[biases[0]] = np.zeros_like(graph.weights[biases[0]])


def _same_padding(graph: Graph) -> None:
    padded = [node for node in graph.nodes.values() if node.text("padding") == "EXPLICIT"]
    assert padded
    for node in padded:
        node.set_text("padding", "SAME")
        node.attrs.pop("explicit_paddings")


def _shift_labels(graph: Graph) -> None:
    for name, value in graph.weights.items():
        if value.shape[-1:] == (7,):
            graph.weights[name] = np.roll(value, 1, axis=-1)


def _ruin(graph: Graph) -> None:
    for name, value in graph.weights.items():
        if value.dtype == np.float32 and value.size >= 64:
            step = np.ptp(value) / 5
            graph.weights[name] = (np.round(value / step) * step).astype(np.float32)


def _measured(small: Small, graph: Graph, variant: str) -> None:
    write_variant(graph, variant, small.converted.folder / "broken")
    link, _ = small.prover.link("broken")
    hold(gates_for(variant, link.drift, LIMITS[variant]))


@pytest.mark.parametrize("variant", LIMITS)
def test_a_sound_graph_passes_as(small: Small, variant: str) -> None:
    _measured(small, small.graph, variant)


@pytest.mark.parametrize("wrong", [_swap_channels, _drop_bias, _same_padding, _shift_labels])
@pytest.mark.parametrize("variant", ["f32", "u8"])
def test_a_wrong_graph_is_stopped(
    small: Small, wrong: Callable[[Graph], None], variant: str
) -> None:
    graph = small.graph
    wrong(graph)
    with pytest.raises(ToleranceError):
        _measured(small, graph, variant)


def test_ruined_weights_are_stopped_even_as_u8(small: Small) -> None:
    graph = small.graph
    _ruin(graph)
    with pytest.raises(ToleranceError):
        _measured(small, graph, "u8")
