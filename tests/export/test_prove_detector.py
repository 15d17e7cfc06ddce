"""The face detector's graph beside the torch net, whole and broken on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from export.detector import detector_graph
from export.gates import DriftError
from export.graph import Graph
from export.prove_detector import (
    Input,
    Run,
    ask_detector,
    choose_detector,
    in_browser,
    in_tensorflow,
)
from export.selftest import selftest_pixels
from export.variants import write_variant
from face_detect.tiny import TinyFaceNet
from tests.export.conftest import FACE_API, Small

_PACKED = {"f32": 2, "u8": 1}


@dataclass(frozen=True, kw_only=True)
class Detector:
    """Its graph in two variants, where a browser and TensorFlow find them."""

    folder: Path
    known: Input
    run: Run

    def change(self, change: Callable[[Graph], None], *variants: str) -> None:
        for variant in variants:
            graph = Graph.read(self.folder / "whole")
            change(graph)
            write_variant(graph, variant, self.folder / variant)


@pytest.fixture(scope="module")
def detector(small: Small) -> Detector:
    folder = small.converted.folder.parent / "detector"
    folder.mkdir()
    weights = FACE_API / "model"
    detector_graph(weights, folder).write(folder / "whole")
    pixels = selftest_pixels(96, 3)[None].astype(np.float32)
    return Detector(
        folder=folder,
        known=ask_detector(TinyFaceNet.read(weights), pixels),
        run=in_browser(small.prover.browser, "/graphs/detector", folder),
    )


def _nothing(graph: Graph) -> None:
    pass


def _swap_channels(graph: Graph) -> None:
    name = next(name for name, value in graph.weights.items() if value.shape[2:3] == (3,))
    graph.weights[name] = graph.weights[name][:, :, ::-1].copy()


def _drop_bias(graph: Graph) -> None:
    name = next(name for name, value in graph.weights.items() if value.shape == (64,))
    graph.weights[name] = np.zeros_like(graph.weights[name])


def _ruin(graph: Graph) -> None:
    for name, value in graph.weights.items():
        if value.ndim == 4:
            graph.weights[name] = value.round(1)


def test_the_smallest_variant_that_answers_as_the_net_does_ships(detector: Detector) -> None:
    detector.change(_nothing, "f32", "u8")
    assert choose_detector(_PACKED, [detector.known], detector.run).variant == "u8"


@pytest.mark.parametrize("wrong", [_swap_channels, _drop_bias])
def test_a_wrong_graph_is_stopped(detector: Detector, wrong: Callable[[Graph], None]) -> None:
    detector.change(wrong, "f32", "u8")
    with pytest.raises(DriftError, match="detector, f32 at 96"):
        choose_detector(_PACKED, [detector.known], detector.run)


@pytest.mark.parametrize("wrong", [_swap_channels, _drop_bias])
def test_a_wrong_graph_is_stopped_without_a_browser(
    detector: Detector, wrong: Callable[[Graph], None]
) -> None:
    detector.change(wrong, "f32", "u8")
    with pytest.raises(DriftError, match="detector, f32 at 96"):
        choose_detector(_PACKED, [detector.known], in_tensorflow(detector.folder))


def test_weights_that_were_narrowed_too_far_give_way_to_exact_ones(detector: Detector) -> None:
    detector.change(_nothing, "f32")
    detector.change(_ruin, "u8")
    assert choose_detector(_PACKED, [detector.known], detector.run).variant == "f32"
