"""How a model was fitted, kept beside its weights so that it can be fitted again on other data."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from face_detect.command import InputError
from train.checkpoint import CONTRACT
from train.contract import Contract
from train.data.read_task import parse_task
from train.data.task import Task
from train.options import Augment, FitOptions, without_heads
from train.plan import Plan

RECIPE = "recipe.json"
_PLAIN = ("net", "size", "channels", "head", "framing", "valid_share", "most")


def recipe_text(plan: Plan, pictures: Mapping[str, Any] | None = None) -> str:
    """All of a plan that is not its data: no path is in it.

    `pictures` has a count and a digest of each part, as `Gathered` tells them.
    """
    document = {key: getattr(plan, key) for key in _PLAIN}
    document["options"] = dataclasses.asdict(plan.options, dict_factory=without_heads)
    document["split_seed"] = plan.split_seed
    document["fine-tuned"], document["teachers"] = plan.weights is not None, len(plan.teachers)
    if plan.task is not None:
        document["task"], document["heads"] = plan.task.text, plan.task.heads
    if pictures is not None:
        document["pictures"] = dict(pictures)
    return json.dumps(document, indent=1) + "\n"


def deciding(model: Path) -> str | None:
    """The digest of the pictures by which the model was chosen; None where it does not tell."""
    path = model / RECIPE
    if not path.is_file():
        return None
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return str(document["pictures"]["valid"]["digest"]) if "pictures" in document else None
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path}: is no recipe ({error!r})") from error


def read_recipe(model: Path, data: Path, name: str) -> tuple[Plan, str]:
    """The plan that fits a model's net anew, and what of it is not as it was; empty if all is.

    One with several heads is refused: it has learned from several data. A model without a recipe
    gives its net and input; the options are the usual ones.
    """
    contract = Contract.read(model / CONTRACT)
    plan = _plan_of(contract, data, name)
    path = model / RECIPE
    if not path.is_file():
        return plan, f"{model.name} has no {RECIPE}: its net is fitted with the usual options"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        options = dict(document["options"])
        augment = Augment(**options.pop("augment"))
        plan = dataclasses.replace(
            plan,
            options=FitOptions(**options, augment=augment),
            split_seed=document.get("split_seed"),
            task=_task_of(document, path),
            **{key: document[key] for key in _PLAIN},
        )
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{path}: is no recipe ({error!r})") from error
    return _without_help(plan, document)


def _task_of(document: dict[str, Any], path: Path) -> Task | None:
    if "task" not in document:
        return None
    return parse_task(document["task"].encode(), str(path)).only(document["heads"])


def _plan_of(contract: Contract, data: Path, name: str) -> Plan:
    if len(contract.heads) > 1:
        raise InputError(f"{contract.name}: has several heads; only a net with one is fitted anew")
    (head,) = contract.heads
    return Plan(
        data=data,
        name=name,
        net=contract.net,
        size=contract.input.size,
        channels=contract.input.channels,
        head=head.name,
    )


def _without_help(plan: Plan, document: dict[str, Any]) -> tuple[Plan, str]:
    """Teachers and first weights are elsewhere, or nowhere."""
    missing = [
        text
        for key, text in (("teachers", "its teachers"), ("fine-tuned", "the weights it began with"))
        if document.get(key)
    ]
    options = dataclasses.replace(plan.options, distil=0.0, freeze=0)
    plan = dataclasses.replace(plan, options=options)
    return plan, f"fitted again without {' and '.join(missing)}" if missing else ""
