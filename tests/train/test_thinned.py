from __future__ import annotations

from collections import Counter

import pytest

from face_detect.command import InputError
from train.data import Record
from train.thinned import read_most, thinned


def made(label: str, number: int) -> Record:
    return Record(name=f"{label}{number}", labels={"emotion": label}, read=bytes)


RECORDS = [made(label, number) for label in ("happy", "sad") for number in range(9)]


@pytest.mark.parametrize(
    ("most", "left"),
    [
        ("", {"happy": 9, "sad": 9}),
        ("4", {"happy": 4, "sad": 4}),
        ("sad=2", {"happy": 9, "sad": 2}),
        ("5,sad=2", {"happy": 5, "sad": 2}),
    ],
)
def test_no_label_has_more_pictures_than_it_may(most: str, left: dict[str, int]) -> None:
    kept = thinned(RECORDS, read_most(most), head="emotion", seed=0)
    assert Counter(record.labels["emotion"] for record in kept) == left


def test_fewer_are_among_more() -> None:
    few, more = (
        {record.name for record in thinned(RECORDS, read_most(most), head="emotion", seed=3)}
        for most in ("3", "6")
    )
    assert few < more


def test_a_label_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="no picture is labelled 'bored', only"):
        thinned(RECORDS, read_most("bored=3"), head="emotion", seed=0)


@pytest.mark.parametrize("text", ["sad", "sad=0", "sad=-1", "x=1.5"])
def test_what_is_no_number_of_pictures_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="neither a number nor label=number"):
        read_most(text)
