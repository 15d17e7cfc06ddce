from __future__ import annotations

from train.data.record import Record
from train.explore.counts import (
    MOST_LABELS,
    count_head,
    count_subjects,
    cross,
    heads_of,
    parts_of,
)


def record(split: str | None = None, subject: str | None = None, **labels: str) -> Record:
    return Record(name="a", labels=labels, read=bytes, split=split, subject=subject)


def test_labels_are_counted_in_every_part_most_frequent_first() -> None:
    records = [
        record("train", emotion="sad"),
        record("train", emotion="happy"),
        record("test", emotion="happy"),
    ]
    counts = count_head(records, "emotion")
    assert counts.labels == ("happy", "sad")
    assert counts.counts == {"train": {"sad": 1, "happy": 1}, "test": {"happy": 1}}
    assert (counts.total("happy"), counts.of_part("train"), counts.imbalance) == (2, 2, 2)


def test_pictures_without_the_label_are_counted_too() -> None:
    assert count_head([record(emotion="sad"), record(age="3")], "emotion").unlabelled == 1


def test_of_very_many_labels_the_rarest_are_left_out_and_counted() -> None:
    records = [record(age=str(age)) for age in range(MOST_LABELS + 3)]
    counts = count_head(records, "age")
    assert (len(counts.labels), counts.left_out) == (MOST_LABELS, 3)


def test_the_head_that_most_pictures_have_comes_first() -> None:
    assert heads_of([record(age="3"), record(age="4", emotion="sad")]) == ("age", "emotion")


def test_training_is_the_first_part() -> None:
    records = [record("test"), record("other"), record("valid"), record("train")]
    assert parts_of(records) == ("train", "valid", "test", "other")


def test_a_cross_table_has_shares_of_its_rows() -> None:
    records = [
        record(emotion="sad", gender="f"),
        record(emotion="sad", gender="m"),
        record(emotion="happy", gender="f"),
        record(emotion="happy"),
    ]
    table = cross(records, "emotion", "gender")
    assert table.share("sad", "f") == 0.5
    assert table.share("happy", "f") == 1
    assert table.share("happy", "m") == 0


def test_people_in_more_than_one_part_are_counted() -> None:
    records = [record("train", "ann"), record("test", "ann"), record("train", "bob"), record()]
    found = count_subjects(records)
    assert found is not None
    assert (found.count, found.most_pictures, found.in_several_parts) == (2, 2, 1)


def test_where_nobody_is_known_there_are_no_people() -> None:
    assert count_subjects([record()]) is None
