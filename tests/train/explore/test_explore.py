from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from face_detect.command import InputError
from tests.train.explore.made import dataset_of, drawn, record_of
from train.data.dataset import Dataset, Problem
from train.data.record import Record
from train.explore.explore import SHEET, Exploration, ExploreOptions, explore
from train.explore.suspects import Suspect


@pytest.fixture
def made() -> Dataset:
    records = [
        record_of(drawn(i), f"{i}.png", "sad" if i % 2 else "happy", "train" if i < 9 else "test")
        for i in range(12)
    ]
    return dataset_of(*records)


def look(dataset: Dataset, head: str | None = None, most: int = 100) -> Exploration:
    return explore(dataset, ExploreOptions(head=head, most=most))


class Doubter:
    """A model that doubts the first label."""

    name = "doubter"

    def suspects(
        self, dataset: Dataset, head: str, on_step: Callable[[int, int], None]
    ) -> tuple[Suspect, ...]:
        first = dataset.records[0]
        return (Suspect(place=0, record=first, label="happy", better="sad", doubt=0.9),)


def test_labels_are_counted_of_all_when_only_some_pictures_are_opened(made: Dataset) -> None:
    found = look(made, most=5)
    assert len(found.looks.records) == 5
    assert sum(found.heads[0].total(label) for label in ("happy", "sad")) == 12


def test_the_readers_problems_and_pictures_that_cannot_be_read_are_told_together(
    made: Dataset,
) -> None:
    broken = Record(name="broken.png", labels={"emotion": "sad"}, read=bytes)
    missing = Problem(name="lost.png", kind="file missing")
    dataset = dataclasses.replace(made, records=(*made.records, broken), problems=(missing,))
    assert [(p.name, p.kind) for p in look(dataset).problems] == [
        ("lost.png", "file missing"),
        ("broken.png", "is empty"),
    ]


def test_each_label_has_a_sheet_of_its_own_pictures(made: Dataset) -> None:
    found = look(made)
    assert set(found.sheets) == {"happy", "sad"}
    for label, places in found.sheets.items():
        assert {found.looks.records[place].labels["emotion"] for place in places} == {label}


def test_a_sheet_holds_no_more_than_can_be_looked_at() -> None:
    dataset = dataset_of(*(record_of(drawn(i), label="sad") for i in range(SHEET + 5)))
    assert len(look(dataset).sheets["sad"]) == SHEET


def test_pictures_without_labels_can_be_explored() -> None:
    found = look(dataset_of(*(record_of(drawn(i)) for i in range(3))))
    assert (found.head, found.heads, found.suspects) == (None, (), ())
    assert len(found.sheets[""]) == 3


def test_a_model_doubts_instead_of_the_neighbours(made: Dataset) -> None:
    found = explore(made, ExploreOptions(), second_opinion=Doubter())
    assert (found.doubted_by, found.suspects[0].better) == ("doubter", "sad")


def test_a_head_that_the_data_do_not_have_is_refused(made: Dataset) -> None:
    with pytest.raises(InputError, match="has no labels 'age', only emotion"):
        look(made, head="age")


def test_a_dataset_of_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="holds no pictures"):
        look(dataset_of())


def test_a_dataset_of_nothing_readable_is_explored_all_the_same() -> None:
    found = look(dataset_of(Record(name="a", labels={"emotion": "sad"}, read=bytes)))
    assert len(found.problems) == 1
