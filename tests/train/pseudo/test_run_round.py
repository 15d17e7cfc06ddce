from __future__ import annotations

import csv
import dataclasses
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from train.checkpoint import CONTRACT, load
from train.contract import Contract
from train.fit import fit
from train.fitting import plain_fabric
from train.judged_part import HELD_BACK
from train.pseudo.options import Choosing, Forgetting
from train.pseudo.round import Round
from train.pseudo.run_round import Step, command_of, run_round
from train.pseudo.task import Task, prepare
from train.pseudo.worth import worth
from train.recipe import read_recipe
from train.samples import Samples
from train.sequence.sequence_head import SequenceHead
from train.source import Source
from train.start import load_teachers
from train.watch import Watch

from .conftest import OPTIONS, Made


@pytest.fixture(scope="module")
def task(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Task:
    wanted = made.wanted(choosing=Choosing(passes=10, cap="none"))
    return prepare(wanted, tmp_path_factory.mktemp("task"), Source(), Watch())


def went(task: Task, way: Forgetting) -> Round:
    step = Step(way=way, seed=0, number=1, last=task.wanted.model)
    found = run_round(task, step, plain_fabric(OPTIONS), Watch())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("way", "share"),
    [("replay", 1.0), ("sample", 0.2), ("generated", 0.2), ("distil", 0.0), ("none", 0.0)],
)
def test_each_way_learns_from_so_much_old_data(task: Task, way: Forgetting, share: float) -> None:
    found = went(task, way)
    old = round(share * len(task.labelled))
    assert found.learned_from == pytest.approx(found.picked.total + old, abs=1)


def test_as_many_steps_on_the_old_data_alone_are_there_to_compare_with(task: Task) -> None:
    found = went(task, "old")
    assert found.picked.total > 0
    assert found.learned_from == len(task.labelled)


def test_few_faces_are_shown_as_often_as_it_takes_for_as_many_steps(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []

    def told(net: Any, contract: Any, train: Samples, *rest: Any, **options: Any) -> Any:
        shown.append(len(train))
        return fit(net, contract, train, *rest, **options)

    monkeypatch.setattr("train.pseudo.run_round.fit", told)
    step = Step(way="none", seed=7, number=1, last=task.wanted.model)
    found = run_round(task, step, plain_fabric(OPTIONS), Watch())
    assert found is not None and found.learned_from < len(task.labelled)
    assert shown == [len(task.labelled)]


def test_a_round_leaves_its_record_the_chosen_faces_and_a_model(task: Task) -> None:
    found = went(task, "replay")
    record = task.folder / "runs" / found.record
    assert {"config.json", "metrics.csv", "best.pt"} <= {path.name for path in record.iterdir()}
    with (record / "chosen.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == found.picked.total
    assert all(float(row["probability"]) >= 0.95 for row in rows)
    spreads = [float(row["variance"]) ** 0.5 for row in rows]
    assert found.picked.spread == pytest.approx(sum(spreads) / len(spreads), abs=1e-4)
    held = (task.folder / "models" / found.record / HELD_BACK).read_text("utf-8").split()
    assert held == [record.name for record in task.data.valid.records]
    net, contract = load(task.folder / "models" / found.record)
    assert worth(net, contract, task.judged)[0] == found.valid
    plan, note = read_recipe(task.folder / "models" / found.record, task.wanted.model, "again")
    assert plan.options.rate == task.wanted.learning.fit.rate
    assert note == "fitted again without the weights it began with"


def test_a_rounds_card_does_not_tell_where_things_lie(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = task.wanted
    given = f"pseudo {wanted.model} {wanted.labelled.data} {wanted.unlabelled.data} --rounds 2"
    monkeypatch.setattr("train.pseudo.run_round.command_line", lambda: given)
    assert command_of(task) == "pseudo model labelled.zip unlabelled.zip --rounds 2"


def test_a_finished_round_is_read_and_not_run_again(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = went(task, "none")
    monkeypatch.setattr("train.pseudo.run_round.fit", None)
    assert went(task, "none") == first
    assert Round.of(first.plain()) == first


def test_a_sequence_head_is_left_behind_and_what_tells_strangers_is_measured_anew(
    made: Made, tmp_path: Path
) -> None:
    model = Path(shutil.copytree(made.model, tmp_path / "model"))
    contract = Contract.read(model / CONTRACT)
    head = dataclasses.replace(contract.heads[0], familiar_above=-99.0)
    follows = SequenceHead(2, 4).described(head)
    dataclasses.replace(contract, heads=(head,), sequence=follows).write(model / CONTRACT)
    wanted = dataclasses.replace(made.wanted(choosing=Choosing(passes=5, cap="none")), model=model)
    found = went(prepare(wanted, tmp_path / "study", Source(), Watch()), "none")
    again = Contract.read(tmp_path / "study" / "models" / found.record / CONTRACT)
    assert again.sequence is None
    assert again.heads[0].familiar_above is not None
    assert again.heads[0].familiar_above > -99


def test_distillation_follows_the_first_net_and_not_the_last(
    task: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = went(task, "distil")
    asked: list[Sequence[Path]] = []

    def teachers(models: Sequence[Path], contract: Contract) -> Any:
        asked.append(models)
        return load_teachers(models, contract)

    monkeypatch.setattr("train.pseudo.run_round.load_teachers", teachers)
    last = task.folder / "models" / first.record
    step = Step(way="distil", seed=0, number=2, last=last)
    assert run_round(task, step, plain_fabric(OPTIONS), Watch()) is not None
    assert asked == [(task.wanted.model,)]


def test_pictures_that_are_framed_otherwise_are_another_round(task: Task) -> None:
    first = went(task, "none")
    data = dataclasses.replace(task.data, framing="photo")
    assert went(dataclasses.replace(task, data=data), "none").record != first.record


def test_where_no_face_is_sure_there_is_no_round(made: Made, tmp_path: Path) -> None:
    wanted = made.wanted(choosing=Choosing(passes=10, cap="happy=1,sad=1", information=0))
    task = prepare(wanted, tmp_path, Source(), Watch())
    step = Step(way="none", seed=0, number=1, last=wanted.model)
    assert run_round(task, step, plain_fabric(OPTIONS), Watch()) is None
    assert not (tmp_path / "runs").exists()
