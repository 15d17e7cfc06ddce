from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from train.evaluate import evaluate
from train.pseudo.course import Course
from train.pseudo.found import Found, Kept
from train.pseudo.options import Ending
from train.pseudo.task import Task

from .conftest import scored, worth_of

FIGURES = evaluate(np.array([0, 1]), np.array([0, 1]), ("happy", "sad"))


def course(seed: int, *valid: float) -> Course:
    rounds = (scored(each, i, f"{seed}-{i}") for i, each in enumerate(valid, 1))
    return Course(way="none", seed=seed, start=worth_of(0.5), rounds=tuple(rounds))


def kept(name: str, macro_f1: float) -> Kept:
    return Kept(model=Path(name), test=worth_of(macro_f1), figures=FIGURES)


@pytest.fixture
def found() -> Found:
    """Validation likes the second seed's first round; the test part likes another one."""
    return Found(
        task=cast(Task, None),
        start=worth_of(0.5),
        courses=(course(0, 0.55, 0.52), course(1, 0.6), course(2, 0.4)),
        ending=Ending(),
        start_kept=kept("model", 0.5),
        kept=(kept("0-1", 0.45), kept("1-1", 0.53), kept("model", 0.5)),
        tested=((worth_of(0.45), worth_of(0.7)), (worth_of(0.53),), (worth_of(0.4),)),
    )


def test_validation_chooses_the_best_of_all_courses(found: Found) -> None:
    best, net = found.best, found.best_kept()
    assert best is not None
    assert net is not None
    assert (best.seed, net.model) == (1, Path("1-1"))


def test_a_course_that_only_hurt_has_no_best(found: Found) -> None:
    assert found.courses[2].best is None


def test_every_rounds_gain_on_the_test_part_is_told_over_seeds(found: Found) -> None:
    assert found.test_gains(0) == pytest.approx([-0.05, 0.2])
    (way,) = found.ways()
    first, second = way.test_gains
    assert first.mean == pytest.approx(-0.12 / 3)
    assert second.mean == pytest.approx(0.2)
    assert (first.count, second.count, second.sd) == (3, 1, None)
    assert way.gains[0].mean == pytest.approx(0.05 / 3)
