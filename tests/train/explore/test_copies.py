from __future__ import annotations

import numpy as np

from tests.train.explore.made import drawn, record_of
from train.data.prints import take_prints
from train.data.record import Record
from train.explore.copies import DROP, Copies, find_copies


def found_in(*records: Record) -> Copies:
    return find_copies(records, take_prints(records), "emotion")


def test_equal_pictures_are_one_group() -> None:
    found = found_in(record_of(drawn(0)), record_of(drawn(1)), record_of(drawn(0)))
    assert [(group.places, group.exact) for group in found.groups] == [((0, 2), True)]
    assert found.surplus == 1


def test_a_picture_that_was_only_brightened_is_a_near_copy() -> None:
    picture = drawn(0) // 2
    found = found_in(record_of(picture), record_of(picture + np.uint8(3)))
    assert [group.exact for group in found.groups] == [False]
    assert found.surplus == 0


def test_copies_with_two_labels_are_in_conflict() -> None:
    found = found_in(
        record_of(drawn(0), label="sad"),
        record_of(drawn(0), label="happy"),
        record_of(drawn(1), label="sad"),
        record_of(drawn(1), label="sad"),
    )
    assert [group.places for group in found.conflicting] == [(0, 1)]


def test_the_label_of_most_copies_is_the_better_one() -> None:
    labels = ("sad", "happy", "sad")
    (group,) = found_in(*(record_of(drawn(0), label=label) for label in labels)).groups
    assert group.better() == "sad"


def test_of_two_labels_as_frequent_none_is_better() -> None:
    (group,) = found_in(*(record_of(drawn(0), label=label) for label in ("sad", "happy"))).groups
    assert group.better() == DROP


def test_copies_are_counted_between_parts() -> None:
    parts = ("train", "train", "test")
    found = found_in(*(record_of(drawn(0), split=part) for part in parts))
    assert found.between == {
        ("train", "train"): 2,
        ("train", "test"): 2,
        ("test", "train"): 1,
        ("test", "test"): 0,
    }
