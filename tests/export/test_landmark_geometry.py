"""The net with the most kinds of operators, in a real Chromium."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from export.convert import convert
from export.parity import Prover
from export.prove import ask
from export.source import TorchSource
from export.stages import Clock
from tests.export.conftest import CONTRACT, Small
from train.inputs import normalise
from train.nets import build_net


@pytest.fixture
def source(small: Small) -> TorchSource:
    torch.manual_seed(0)
    contract = dataclasses.replace(CONTRACT, net="landmark-geometry:width=8,depth=1")
    net = build_net(contract)
    with torch.no_grad():  # the spread of real faces' geometry, which dense layers count on
        inputs = torch.from_numpy(normalise(small.known.crops, contract.input))
        for _ in range(20):
            net.train()(inputs.permute(0, 3, 1, 2))
    return TorchSource(net=net.eval(), contract=contract, card=None)


def test_a_net_on_landmarks_answers_in_chromium_as_in_torch(
    source: TorchSource, small: Small
) -> None:
    folder = small.converted.folder.parent / "geometry"
    converted = convert(source, "onnx2tf", folder, Clock(lambda name, model: None))
    assert converted.road == "onnx2tf"
    prover = Prover(
        browser=small.prover.browser,
        contract=source.contract,
        known=ask(source, small.known.crops),
        folder=folder,
        url="/graphs/geometry",
    )
    link, _ = prover.link("f32")
    assert link.backend == "wasm"
    assert link.drift.max_relative <= 1e-4
    assert link.drift.flips == 0
