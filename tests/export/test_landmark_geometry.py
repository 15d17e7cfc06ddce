"""The net with the most kinds of operators, in a real Chromium."""

from __future__ import annotations

import dataclasses
import re

import pytest
import torch

from export.convert import convert
from export.parity import Prover
from export.prove import ask
from export.source import TorchSource
from export.stages import Clock
from tests.export.conftest import CONTRACT, Small
from train.inputs import normalise
from train.nets.landmark_geometry import LandmarkGeometry

FEW = 24


@pytest.fixture
def source(small: Small) -> TorchSource:
    torch.manual_seed(0)
    contract = dataclasses.replace(CONTRACT, net="landmark-geometry:width=8,depth=1")
    net = LandmarkGeometry(outputs=7, channels=3, spec=contract.input, width=8, depth=1)
    net.spread.momentum = 1.0  # one look at real faces gives the spread of their geometry
    inputs = torch.from_numpy(normalise(small.known.crops[:FEW], contract.input))
    with torch.no_grad():
        net.train()(inputs.permute(0, 3, 1, 2))
    return TorchSource(net=net.eval(), contract=contract, card=None)


def test_a_net_on_landmarks_runs_on_tfjs_and_the_reason_is_told_and_answers_as_in_torch(
    source: TorchSource, small: Small
) -> None:
    folder = small.converted.folder.parent / "geometry"
    converted = convert(source, "onnx2tf", folder, Clock(lambda name, model: None))
    assert converted.road == "onnx2tf"
    prover = Prover(
        browser=small.prover.browser,
        contract=source.contract,
        known=ask(source, small.known.crops[:FEW]),
        folder=folder,
        url="/graphs/geometry",
    )
    link, _ = prover.link("f32")
    assert link.backend == "wasm"
    assert re.search("operator .* is unknown", prover.refusal("f32"))
    assert link.drift.max_relative <= 1e-4
    assert link.drift.flips == 0
