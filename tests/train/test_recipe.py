from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.contract import Contract
from train.options import Augment, FitOptions
from train.plan import Plan
from train.recipe import RECIPE, read_recipe, recipe_text


def kept(plan: Plan, contract: Contract, folder: Path) -> Path:
    contract = dataclasses.replace(contract, net=plan.net)
    contract.write(folder / "contract.json")
    (folder / RECIPE).write_text(recipe_text(plan), encoding="utf-8")
    return folder


def test_a_recipe_gives_the_plan_back_without_its_data(contract: Contract, tmp_path: Path) -> None:
    options = FitOptions(epochs=7, rate=0.02, augment=Augment(flip=0.0))
    plan = Plan(data=Path("old"), name="a", net="dense:depth=2", size=32, options=options, most="9")
    again, note = read_recipe(kept(plan, contract, tmp_path), Path("new"), "b")
    assert again == dataclasses.replace(plan, data=Path("new"), name="b")
    assert not note
    assert "old" not in (tmp_path / RECIPE).read_text("utf-8")


def test_teachers_that_are_elsewhere_are_told(contract: Contract, tmp_path: Path) -> None:
    options = FitOptions(distil=0.5)
    plan = Plan(data=tmp_path, name="a", options=options, teachers=(Path("t"), Path("u")))
    again, note = read_recipe(kept(plan, contract, tmp_path), tmp_path, "b")
    assert again.options.distil == 0.0
    assert "without its teachers" in note


def test_a_model_without_a_recipe_gives_its_net_and_input(
    contract: Contract, tmp_path: Path
) -> None:
    contract.write(tmp_path / "contract.json")
    plan, note = read_recipe(tmp_path, tmp_path, "b")
    assert (plan.net, plan.size, plan.channels) == ("efficientnet-b0", 32, "grey")
    assert "the usual options" in note


def test_a_damaged_recipe_is_named(contract: Contract, tmp_path: Path) -> None:
    contract.write(tmp_path / "contract.json")
    (tmp_path / RECIPE).write_text('{"options": {"epoch": 3}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"recipe\.json: is no recipe"):
        read_recipe(tmp_path, tmp_path, "b")
