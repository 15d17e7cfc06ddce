from __future__ import annotations

from collections import Counter

import pytest

from face_detect.command import InputError
from train.data.record import Record
from train.data.split import split


def _records(count: int, label: str, subjects: int = 0) -> list[Record]:
    return [
        Record(
            name=f"{label}{index}",
            labels={"emotion": label},
            read=bytes,
            subject=f"{index % subjects}" if subjects else None,
        )
        for index in range(count)
    ]


def _counts(records: list[Record]) -> Counter[str]:
    return Counter(record.labels["emotion"] for record in records)


def test_each_label_is_held_back_in_its_share() -> None:
    records = _records(1000, "happy") + _records(100, "sad") + _records(10, "fear")
    rest, part = split(records, 0.1, seed=0)
    assert _counts(part) == {"happy": 100, "sad": 10, "fear": 1}
    assert _counts(rest) + _counts(part) == _counts(records)


def test_nobody_is_in_both_parts() -> None:
    records = _records(400, "happy", subjects=50) + _records(200, "sad", subjects=50)
    rest, part = split(records, 0.2, seed=0)
    assert {record.subject for record in rest}.isdisjoint(record.subject for record in part)
    assert _counts(part) == {"happy": 80, "sad": 40}


def test_a_seed_draws_the_same_part_again_and_another_seed_another() -> None:
    records = _records(100, "happy")
    assert split(records, 0.1, seed=1) == split(records, 0.1, seed=1)
    assert split(records, 0.1, seed=1) != split(records, 0.1, seed=2)


def test_labels_of_another_head_can_be_balanced() -> None:
    records = [
        Record(name=f"{i}", labels={"mask": "none" if i % 4 else "worn"}, read=bytes)
        for i in range(80)
    ]
    _, part = split(records, 0.25, seed=0, head="mask")
    assert Counter(record.labels["mask"] for record in part) == {"none": 15, "worn": 5}


@pytest.mark.parametrize(
    ("records", "share", "complaint"),
    [
        (_records(1, "happy"), 0.1, "too few"),
        (_records(50, "happy", subjects=1), 0.1, "too few"),
        (_records(50, "happy"), 1.5, "not between 0 and 1"),
    ],
)
def test_what_cannot_be_split_is_refused(
    records: list[Record], share: float, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        split(records, share, seed=0)
