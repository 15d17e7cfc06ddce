from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from face_detect.crop import Pixels
from train.ask import ask
from train.contract import Contract
from train.nets import build_net
from train.uncertainty.dropouts import dropouts
from train.uncertainty.mc_passes import mc_passes


@pytest.fixture
def crops() -> Pixels:
    return np.random.default_rng(0).integers(0, 256, (300, 32, 32, 3), dtype=np.uint8)


def built(contract: Contract, net: str) -> tuple[nn.Module, Contract]:
    contract = dataclasses.replace(contract, net=net)
    torch.manual_seed(0)
    return build_net(contract), contract


def test_passes_with_dropout_off_are_identical(contract: Contract, crops: Pixels) -> None:
    net, contract = built(contract, "slim:dropout=0")
    found = mc_passes(net, contract, crops, passes=range(3))
    assert dropouts(net) == []
    assert (found == ask(net, contract, crops)).all()


def test_a_pass_is_the_same_whichever_are_asked_for_beside_it(
    contract: Contract, crops: Pixels
) -> None:
    net, contract = built(contract, "dense:width=8")
    found = mc_passes(net, contract, crops, passes=range(4), seed=3)
    again = mc_passes(net, contract, crops, passes=(3, 1), seed=3)
    assert (again == found[[3, 1]]).all()
    assert all((found[0] != other).any() for other in found[1:])
    other = mc_passes(net, contract, crops, passes=(3, 1), seed=4)
    assert (other != again).any()


@pytest.mark.parametrize(
    "net", ["slim:dropout=0.5", "tuned-cnn", "mobilenet-v3-small", "resnet18:dropout=0.3", "dense"]
)
def test_layers_before_the_first_dropout_are_asked_once_and_nothing_else_changes(
    contract: Contract, crops: Pixels, net: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built_net, contract = built(contract, net)
    first = next(each for each in built_net.modules() if isinstance(each, nn.Conv2d | nn.Linear))
    kind: Any = type(first)
    forward, calls, few = kind.forward, [], crops[:3]

    def count(layer: nn.Module, inputs: Tensor) -> Any:
        calls.append(layer)
        return forward(layer, inputs)

    monkeypatch.setattr(kind, "forward", count)
    found = mc_passes(built_net, contract, few, passes=range(3))
    assert calls.count(first) == 1
    for number in range(3):
        (alone,) = mc_passes(built_net, contract, few, passes=(number,))
        assert (found[number] == alone).all()


def test_batch_norms_and_the_caller_s_dice_stay_as_they_are(
    contract: Contract, crops: Pixels
) -> None:
    net, contract = built(contract, "slim")
    before = {key: value.clone() for key, value in net.state_dict().items()}
    dice = torch.get_rng_state()
    mc_passes(net, contract, crops, passes=range(2))
    assert all(torch.equal(value, before[key]) for key, value in net.state_dict().items())
    assert torch.equal(torch.get_rng_state(), dice)
    assert not any(layer.training for layer in net.modules())
    assert "forward" not in vars(next(net.children()))
