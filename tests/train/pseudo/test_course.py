from __future__ import annotations

import dataclasses
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from lightning_fabric import Fabric

from train.checkpoint import load
from train.fit import DivergedError
from train.fitting import plain_fabric
from train.options import FitOptions
from train.pseudo.course import Course, run_course
from train.pseudo.options import Choosing, Ending, Forgetting, Learning
from train.pseudo.round import Round
from train.pseudo.run_round import Step
from train.pseudo.task import Task, prepare
from train.pseudo.worth import worth
from train.source import Source
from train.watch import Watch

from .conftest import HAPPY, OPTIONS, STILL, Made, faces, pack, scored, worth_of

HARD = FitOptions(
    epochs=2,
    batch=8,
    optimizer="adam",
    schedule="constant",
    rate=0.015,
    ema=0,
    augment=STILL,
    balance=0,
)


@pytest.fixture(scope="module")
def shifted(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Task:
    """Among the new faces nobody is sad, and the net learns fast."""
    folder = tmp_path_factory.mktemp("shifted")
    data = pack(folder / "happy.zip", {"a": faces(HAPPY, 60, 7)})
    wanted = made.wanted(
        unlabelled=data,
        choosing=Choosing(passes=10, sure=0.5, information=10, cap="none"),
        learning=Learning(fit=HARD, generator_epochs=1),
    )
    return prepare(wanted, folder / "study", Source(), Watch())


def went(task: Task, way: Forgetting, ending: Ending) -> Course:
    start, _ = worth(*load(task.wanted.model), task.judged)
    return run_course(task, way, 0, start, ending, plain_fabric(OPTIONS), Watch())


def test_replay_keeps_what_plain_retraining_forgets(shifted: Task) -> None:
    plain, replay = (went(shifted, way, Ending(rounds=1)) for way in ("none", "replay"))
    assert plain.start.macro_f1 > 0.95
    assert plain.rounds[0].valid.macro_f1 < 0.7
    assert replay.rounds[0].valid.macro_f1 > 0.95


def test_a_course_that_hurts_stops_by_itself_and_keeps_the_first_net(shifted: Task) -> None:
    course = went(shifted, "none", Ending(rounds=5, patience=1))
    assert course.stopped == "round 1 brought no gain on validation"
    assert (len(course.rounds), course.best) == (1, None)


def test_the_best_round_is_kept_though_later_ones_are_worse(shifted: Task) -> None:
    course = went(shifted, "none", Ending(rounds=2, patience=0))
    assert course.stopped == "all 2 rounds are done"
    worse = dataclasses.replace(course.start, macro_f1=0.1)
    first, second = course.rounds
    second = dataclasses.replace(second, valid=dataclasses.replace(second.valid, macro_f1=0.2))
    course = dataclasses.replace(course, start=worse, rounds=(first, second))
    assert course.best == first


def faked(monkeypatch: pytest.MonkeyPatch, *scores: float | None) -> Course:
    """A course from 0.5 whose rounds come to these scores; None: one whose loss is no number."""
    given = iter(scores)

    def run_round(task: Task, step: Step, fabric: Fabric, watch: Watch) -> Round:
        score = next(given)
        if score is None:
            raise DivergedError("the loss became nan")
        return scored(score, step.number, step.name)

    monkeypatch.setattr("train.pseudo.course.run_round", run_round)
    wanted = SimpleNamespace(model=Path("model"))
    task = cast(Task, SimpleNamespace(folder=Path("study"), wanted=wanted))
    ending = Ending(rounds=len(scores), patience=2)
    return run_course(task, "none", 0, worth_of(0.5), ending, plain_fabric(OPTIONS), Watch())


def test_two_rounds_in_a_row_without_gain_end_a_course_that_has_patience_for_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = faked(monkeypatch, 0.45, 0.6, 0.55, 0.6, 0.7)
    assert course.stopped == "2 rounds in a row brought no gain on validation"
    assert [each.number for each in course.rounds] == [1, 2, 3, 4]
    assert course.best == course.rounds[1]


def test_a_round_that_diverges_ends_its_course_and_the_rounds_before_it_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    course = faked(monkeypatch, 0.6, None, 0.7)
    assert course.stopped == "round 2 was given up: the loss became nan"
    assert course.best == course.rounds[0]


def test_where_no_face_is_sure_the_course_ends(made: Made, tmp_path: Path) -> None:
    wanted = made.wanted(choosing=Choosing(passes=10, information=0))
    course = went(prepare(wanted, tmp_path, Source(), Watch()), "none", Ending())
    assert course.stopped.startswith("no face to learn from: none is sure enough")
