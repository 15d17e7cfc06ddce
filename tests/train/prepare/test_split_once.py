from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

from train.data.record import Record
from train.prepare.options import PrepareOptions
from train.prepare.split_once import most_known, split_once

OPTIONS = PrepareOptions(valid=0.2, test=0.2)


def record(name: str, label: str = "happy", **known: str | None) -> Record:
    return Record(name=name, labels={"emotion": label}, read=bytes, **known)  # type: ignore[arg-type]


def people(records: Iterable[Record]) -> dict[str, set[str | None]]:
    """Which parts each person is in."""
    found: defaultdict[str, set[str | None]] = defaultdict(set)
    for each in records:
        found[each.subject or ""].add(each.split)
    return found


def test_nobody_is_in_two_drawn_parts_and_each_part_has_its_share_of_each_label() -> None:
    records = [
        record(f"{i}.jpg", "happy" if i % 3 else "sad", subject=f"person {i // 4}")
        for i in range(400)
    ]
    split = split_once(records, OPTIONS)
    assert split.drawn
    assert all(len(parts) == 1 for parts in people(split.records).values())
    for part, share in (("train", 0.6), ("valid", 0.2), ("test", 0.2)):
        for label in ("happy", "sad"):
            own = sum(r.split == part and r.labels["emotion"] == label for r in split.records)
            every = sum(r.labels["emotion"] == label for r in records)
            assert abs(own / every - share) < 0.02


def test_the_datas_own_parts_stay_and_who_is_in_two_is_judged_by() -> None:
    records = [
        record("1.jpg", split="train", subject="both"),
        record("2.jpg", split="valid", subject="both"),
        record("3.jpg", split="train", subject="one"),
        record("4.jpg", split="train"),
        record("5.jpg", split="valid"),
    ]
    split = split_once(records, OPTIONS)
    assert [each.split for each in split.records] == [None, "valid", "train", "train", "valid"]
    assert (split.drawn, split.in_two) == (False, 1)


def test_equal_seeds_draw_equal_parts() -> None:
    records = [record(f"{i}.jpg") for i in range(50)]
    other = dataclasses.replace(OPTIONS, seed=1)
    parts = [
        [each.split for each in split_once(records, options).records]
        for options in (OPTIONS, OPTIONS, other)
    ]
    assert parts[0] == parts[1] != parts[2]


def test_without_shares_nothing_is_in_a_part() -> None:
    none = dataclasses.replace(OPTIONS, valid=0, test=0)
    split = split_once([record("1.jpg")], none)
    assert ([each.split for each in split.records], split.drawn) == ([None], False)


def test_the_head_that_most_pictures_know_is_shared_out() -> None:
    records = [dataclasses.replace(record("1.jpg"), labels={"age": "30"}), record("2.jpg")]
    assert most_known([*records, record("3.jpg")]) == "emotion"
