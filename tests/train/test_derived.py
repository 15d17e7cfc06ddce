from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from train.contract import Head
from train.data.read_task import parse_task, read_task
from train.data.task import Task
from train.derived import derived

PARTS = ("mask", "gender", "age group")


@pytest.fixture(scope="module")
def task() -> Task:
    return read_task(Path(__file__).resolve().parents[2] / "docs" / "tasks" / "mask-18.csv")


def heads(task: Task, *names: str) -> list[Head]:
    return [Head(name=name, labels=task.labels_of(name)) for name in names]


def test_each_part_of_a_class_gets_the_sum_over_its_classes(task: Task) -> None:
    (head,) = heads(task.only(["class"]), "class")
    answers = np.random.default_rng(0).dirichlet(np.ones(18), 5)
    found = {own.name: (own.labels, each) for own, each in derived([head], [answers], task)}
    assert set(found) == set(PARTS)
    labels, mask = found["mask"]
    worn = [i for i, label in enumerate(head.labels) if label.startswith("worn")]
    assert mask[:, labels.index("worn")] == pytest.approx(answers[:, worn].sum(1))


def test_a_class_gets_the_product_of_its_parts(task: Task) -> None:
    own = heads(task.only(PARTS), *PARTS)
    answers = [np.eye(len(head.labels))[[1]] * 0.6 + 0.4 / len(head.labels) for head in own]
    ((head, found),) = derived(own, answers, task)
    first = ", ".join(part.labels[1] for part in own)
    assert (head.name, head.labels[int(found.argmax())]) == ("class", first)
    assert found.sum() == pytest.approx(1)
    assert found.max() == pytest.approx((0.6 + 0.4 / 3) ** 2 * 0.8)


@pytest.mark.parametrize("labels", [("male", "female", "other"), ("female", "male")])
def test_from_a_head_with_other_labels_than_the_tables_nothing_follows(
    task: Task, labels: tuple[str, ...]
) -> None:
    mask, gender, age = heads(task.only(PARTS), *PARTS)
    own = [mask, dataclasses.replace(gender, labels=labels), age]
    answers = [np.full((2, len(head.labels)), 1 / len(head.labels)) for head in own]
    assert not list(derived(own, answers, task))


def test_what_does_not_follow_is_not_answered(task: Task) -> None:
    some = heads(task.only(["mask", "gender"]), "mask", "gender")
    assert not list(derived(some, [np.full((2, 3), 1 / 3), np.full((2, 2), 0.5)], task))


def test_a_label_that_two_of_another_lead_to_tells_neither() -> None:
    rows = "m,a,m,x\nm,b,m,y\nm,c,m,z\nn,yes,m,a | b\nn,no,m,c\n"
    task = parse_task(f"head,label,from,is\n{rows}".encode(), "made.csv")
    (head,) = heads(task, "n")
    assert not list(derived([head], [np.full((2, 2), 0.5)], task))
