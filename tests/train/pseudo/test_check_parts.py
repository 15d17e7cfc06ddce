from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.checkpoint import load
from train.gather import Gathered, gather
from train.judged_part import HELD_BACK, HELD_OUT
from train.plan import Plan
from train.pseudo.check_parts import check_parts
from train.recipe import RECIPE, recipe_text
from train.watch import Watch

from .conftest import Made, planned


def told(model: Path, plan: Plan, data: Gathered | None = None) -> list[str]:
    lines: list[str] = []
    _, contract = load(model)
    data = data or gather(plan, Watch())
    check_parts(model, contract, data, plan.data, Watch(say=lines.append))
    return lines


@pytest.fixture
def model(made: Made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.model, tmp_path / "model"))


def test_parted_as_in_the_fit_nothing_is_said(made: Made) -> None:
    assert told(made.model, planned(made.labelled)) == []


def test_parted_otherwise_is_told(made: Made) -> None:
    (line,) = told(made.model, dataclasses.replace(planned(made.labelled), split_seed=5))
    assert line.startswith(
        "model was fitted with other pictures deciding (--valid, --split-seed, --relabel): it may"
    )


def test_a_recipe_that_does_not_know_its_pictures_is_told(made: Made, model: Path) -> None:
    plan = planned(made.labelled)
    (model / RECIPE).write_text(recipe_text(plan), "utf-8")
    (model / HELD_BACK).unlink()
    (line,) = told(model, plan)
    assert line.startswith("model does not tell which pictures decided in its fit: it may have")


def test_a_model_without_a_recipe_tells_by_the_names_that_it_held_back(
    made: Made, model: Path
) -> None:
    (model / RECIPE).unlink()
    plan = planned(made.labelled)
    assert told(model, plan) == []
    (line,) = told(model, dataclasses.replace(plan, split_seed=5))
    assert line.startswith("model does not tell which pictures decided in its fit: it may have")
    assert told(model, dataclasses.replace(plan, split_seed=5, parted_as=model)) == []


def test_other_data_are_told(made: Made, tmp_path: Path) -> None:
    data = Path(shutil.copy(made.labelled, tmp_path / "others.zip"))
    (line,) = told(made.model, dataclasses.replace(planned(data), split_seed=5))
    assert line.startswith("model was fitted to labelled.zip, not to others.zip: it may have")


def test_pictures_to_report_on_that_the_fit_did_not_hold_out_are_refused(
    made: Made, model: Path
) -> None:
    plan = planned(made.labelled)
    drawn = dataclasses.replace(gather(plan, Watch()), drawn=True)
    names = [record.name for record in drawn.test.records]
    (model / HELD_OUT).write_text("\n".join(names), "utf-8")
    assert told(model, plan, drawn) == []
    (model / HELD_OUT).write_text("\n".join(names[3:]), "utf-8")
    with pytest.raises(
        InputError, match="3 of 40 pictures to report on were not held out in"
    ) as found:
        told(model, plan, drawn)
    assert "--valid, and as --split-seed its own (or its --seed, where" in str(found.value)
