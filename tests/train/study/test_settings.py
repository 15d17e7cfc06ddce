from __future__ import annotations

import dataclasses
from pathlib import Path

from train.options import FitOptions
from train.plan import Plan, TopUp
from train.study.settings import settings

PLAN = Plan(data=Path("made.zip"), name="a", options=FitOptions(seed=1))


def test_what_only_another_arm_has_is_told() -> None:
    given = dataclasses.replace(PLAN, weights=Path("models/emotion-b0"))
    assert settings([PLAN, given])[0] == ["weights none", "weights emotion-b0"]


def test_what_is_added_is_told_by_its_amount() -> None:
    added = TopUp(data=Path("more.zip"), labels=("sad",), amount=500)
    base, topped = settings([PLAN, dataclasses.replace(PLAN, top_up=added)])[0]
    assert "top_up amount none" in base
    assert topped == 'top_up data more.zip, top_up labels ["sad"], top_up amount 500'


def test_what_every_run_has_of_its_own_is_not_alike_in_all() -> None:
    common = settings([PLAN, PLAN])[1]
    assert common.startswith("Alike in all: size 48, channels grey, head emotion, ")
    assert "seed" not in common
    assert "most" not in common
