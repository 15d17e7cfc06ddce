"""Which backbone: a study whose arms are nets, alike in their data, recipe and budget."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn

from face_detect.command import InputError
from train.nets import NETS, net_text, read_net
from train.plan import Plan
from train.study.by_net import ByNet
from train.study.study import Arm, Study

USUAL = (
    "dense",
    "landmark-geometry",
    "slim",
    "wide",
    "mobilenet-v2",
    "mobilenet-v3-small",
    "resnet18",
    "efficientnet-b0",
    "vgg13",
    "tuned-cnn",
)
"""What two cores can train on some ten thousand faces in hours; those that take the most come
last: a step of vgg13 takes 10 times that of slim, one of tuned-cnn 30 times."""
_STEP, _MOST = 16, 512


def zoo_study(
    plan: Plan,
    nets: Sequence[str],
    *,
    seeds: tuple[int, ...],
    size: ByNet[int],
    weights: Mapping[str, Path],
    freeze: ByNet[int],
    recipe: Mapping[str, ByNet[Any]],
    test: bool = False,
    name: str = "zoo",
) -> Study:
    """An arm for each net: `plan` with that net, its size, and its first weights if it has some.

    `recipe` has more of the plan's options, by their names. Only nets that begin with weights are
    frozen: frozen at random, a layer learns nothing.
    """
    named = [net_text(*read_net(net)) for net in nets]
    own = {"size": size.own, "weights": weights, "freeze": freeze.own}
    _check(named, own | {option: values.own for option, values in recipe.items()})
    _check_frozen(weights, freeze)
    arms = []
    for net in named:
        options = dataclasses.replace(
            plan.options,
            freeze=freeze.of(net) if net in weights else 0,
            **{option: values.of(net) for option, values in recipe.items()},
        )
        taken = size.own.get(net) or least_size(net, size.usual)
        changed = dataclasses.replace(
            plan, net=net, size=taken, weights=weights.get(net), options=options
        )
        arms.append(Arm(name=net, plan=changed, values={"net": net}))
    return Study(name=name, arms=tuple(arms), seeds=seeds, design="nets", test=test)


def least_size(net: str, wanted: int) -> int:
    """The wanted input, or the next larger one that the net does not halve to nothing."""
    name, options = read_net(net)
    with torch.device("meta"):  # shapes alone: nothing is computed
        built = NETS[name].build(outputs=2, channels=1, spec=None, **options).eval()
    sizes: list[int] = [wanted, *range(wanted // _STEP * _STEP + _STEP, _MOST + 1, _STEP)]
    found = next((size for size in sizes if _takes(built, size)), None)
    if found is None:
        raise InputError(f"{net}: takes no input of {wanted} to {_MOST} pixels")
    return found


def _takes(net: nn.Module, size: int) -> bool:
    try:
        net(torch.zeros(1, 1, size, size, device="meta"))
    except RuntimeError:
        return False
    return True


def _check(nets: Sequence[str], own: Mapping[str, Mapping[str, Any]]) -> None:
    for net in nets:
        if nets.count(net) > 1:
            raise InputError(f"--nets: has {net} twice")
    for option, values in own.items():
        for net in values:
            if net not in nets:
                name = option.replace("_", "-")
                raise InputError(f"--{name}: {net} is none of the nets, {', '.join(nets)}")


def _check_frozen(weights: Mapping[str, Path], freeze: ByNet[int]) -> None:
    for net in freeze.own:
        if net not in weights:
            raise InputError(f"--freeze: {net} begins untrained; give it --weights {net}=MODEL")
    if freeze.usual and not weights:
        raise InputError("--freeze: no net has --weights, and untrained layers must not be frozen")
