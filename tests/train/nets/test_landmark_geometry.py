from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch
from torch.nn import functional as F

from face_detect.command import InputError
from train.contract import Contract, Input
from train.nets import build_net
from train.nets.landmark_geometry import LandmarkGeometry
from train.study.cost import cost


@pytest.fixture
def named(contract: Contract) -> Contract:
    return dataclasses.replace(contract, net="landmark-geometry:width=8,depth=1")


def test_the_landmark_net_sees_the_same_however_the_contract_normalises() -> None:
    pixels = torch.rand(2, 3, 48, 48, generator=torch.Generator().manual_seed(0))
    spec = Input(size=48)
    mean, std = (torch.tensor(values).reshape(3, 1, 1) for values in (spec.mean, spec.std))
    plain = LandmarkGeometry(outputs=2, channels=3)
    other = LandmarkGeometry(outputs=2, channels=3, spec=spec)
    torch.testing.assert_close(other.pixels((pixels - mean) / std), plain.pixels(pixels))


def test_grey_is_taken_as_a_picture_of_three_equal_colours() -> None:
    grey = torch.rand(2, 1, 64, 64, generator=torch.Generator().manual_seed(0))
    one, three = (LandmarkGeometry(outputs=2, channels=channels) for channels in (1, 3))
    torch.testing.assert_close(one.pixels(grey), three.pixels(grey.expand(-1, 3, -1, -1)))


def test_training_moves_the_layers_and_leaves_the_landmark_net(named: Contract) -> None:
    net = build_net(named).train()
    before = {name: value.clone() for name, value in net.named_parameters()}
    optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], lr=0.1)
    loss = F.cross_entropy(net(torch.rand(4, 1, 32, 32)), torch.tensor([0, 1, 0, 1]))
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
    same = {name for name, value in net.named_parameters() if torch.equal(value, before[name])}
    assert same == {name for name in before if name.startswith("landmarks.")}


def test_what_it_costs_includes_the_landmark_net(named: Contract) -> None:
    found = cost(named)
    assert found.parameters > 77_224
    assert found.multiply_adds > 10_000_000


def test_without_the_package_the_command_that_fetches_it_is_named(
    named: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.nets.landmark_geometry.DEFAULT_WEIGHTS", tmp_path)
    with pytest.raises(InputError, match=r"landmark_68_tiny.* is missing; run `make setup`"):
        build_net(named)


def test_half_precision_leaves_the_geometry_as_it_is() -> None:
    net = LandmarkGeometry(outputs=2).eval()
    grey = torch.rand(2, 1, 48, 48, generator=torch.Generator().manual_seed(0))
    measured: list[torch.Tensor] = []
    net.spread.register_forward_pre_hook(lambda _, given: measured.append(given[0]))
    net(grey)
    with torch.autocast("cpu", torch.bfloat16):
        net(grey)
    torch.testing.assert_close(measured[1], measured[0], rtol=1e-5, atol=1e-5)
