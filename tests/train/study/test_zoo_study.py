from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from train.nets import NETS
from train.options import FitOptions
from train.plan import Plan
from train.study.by_net import ByNet
from train.study.study import Study
from train.study.zoo_study import USUAL, least_size, zoo_study

PLAN = Plan(data=Path("made.zip"), name="zoo", options=FitOptions(epochs=10))


def zoo(*nets: str, **settings: dict[str, int]) -> Study:
    return zoo_study(
        PLAN,
        nets,
        seeds=(0,),
        size=ByNet(usual=48, own=settings.get("size", {})),
        weights={net: Path("model") for net in settings.get("weights", {})},
        freeze=ByNet(usual=0, own=settings.get("freeze", {})),
        recipe={"batch": ByNet(usual=64, own=settings.get("batch", {}))},
    )


def test_the_usual_nets_are_known_and_eight_at_least() -> None:
    assert len(set(USUAL) & set(NETS)) == len(USUAL) >= 8


def test_all_nets_get_the_same_budget() -> None:
    budgets = {(arm.plan.options.epochs, arm.plan.options.patience) for arm in zoo(*USUAL).arms}
    assert budgets == {(10, 0)}


@pytest.mark.parametrize(("net", "size"), [("vgg13", 32), ("densenet121", 32), ("resnet18", 24)])
def test_a_net_that_halves_the_input_to_nothing_gets_a_larger_one(net: str, size: int) -> None:
    assert least_size(net, 24) == size


def test_one_net_may_have_a_size_of_its_own() -> None:
    arms = zoo("slim", "efficientnet-b0", size={"efficientnet-b0": 64}).arms
    assert [arm.plan.size for arm in arms] == [48, 64]


def test_one_net_may_have_a_recipe_of_its_own() -> None:
    arms = zoo("slim", "dense", batch={"dense": 32}).arms
    assert [arm.plan.options.batch for arm in arms] == [64, 32]


def test_only_a_net_with_weights_is_frozen() -> None:
    arms = zoo("slim", "wide", weights={"wide": 1}, freeze={"wide": 2}).arms
    assert [arm.plan.options.freeze for arm in arms] == [0, 2]
    assert [arm.plan.weights for arm in arms] == [None, Path("model")]


@pytest.mark.parametrize(
    ("nets", "settings", "complaint"),
    [
        (("slim", "slim"), {}, "has slim twice"),
        (("slim:depth=3,width=0.5", "slim:width=0.5,depth=3"), {}, "twice"),
        (("slim",), {"batch": {"wide": 1}}, "--batch: wide is none of the nets, slim"),
        (("slim",), {"weights": {"wide": 1}}, "--weights: wide is none of the nets, slim"),
        (("slim",), {"freeze": {"slim": 2}}, "slim begins untrained"),
    ],
)
def test_what_makes_no_sense_is_refused(
    nets: tuple[str, ...], settings: dict[str, dict[str, int]], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        zoo(*nets, **settings)
