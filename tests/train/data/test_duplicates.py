from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from face_detect.crop import Pixels
from tests.train.data.conftest import noise
from train.data.duplicates import conflicting, duplicate_groups, without_duplicates
from train.data.prints import take_prints
from train.data.record import Record

_MakeRecord = Callable[..., Record]


def _record(name: str, pixels: Pixels, label: str = "happy", quality: int | None = None) -> Record:
    options = [] if quality is None else [cv2.IMWRITE_JPEG_QUALITY, quality]
    encoded = cv2.imencode(".png" if quality is None else ".jpg", pixels, options)[1].tobytes()
    return Record(name=name, labels={"emotion": label}, read=lambda: encoded)


def test_a_copy_is_taken_out_of_training_alone() -> None:
    train = [_record("a", noise(1, 48)), _record("b", noise(2, 48)), _record("c", noise(3, 48))]
    others = [_record("x", noise(2, 48)), _record("y", noise(4, 48))]
    kept, (dropped,) = without_duplicates(train, others)
    assert [record.name for record in kept] == ["a", "c"]
    assert (dropped.record.name, dropped.like.name, dropped.exact) == ("b", "x", True)


@pytest.mark.parametrize(
    "change",
    [
        lambda pixels: np.roll(pixels, 1, axis=1),
        lambda pixels: (pixels * 0.95 + 5).astype(np.uint8),
        lambda pixels: np.asarray(cv2.resize(pixels, (64, 64)), np.uint8),
    ],
    ids=["moved", "brighter", "larger"],
)
def test_a_picture_that_was_hardly_changed_is_a_copy(change: Callable[[Pixels], Pixels]) -> None:
    train = [_record("a", change(noise(1, 48)), quality=60), _record("b", noise(2, 48))]
    kept, (dropped,) = without_duplicates(train, [_record("x", noise(1, 48))])
    assert [record.name for record in kept] == ["b"]
    assert not dropped.exact
    assert 0 < dropped.difference <= 10


def test_the_exact_copy_is_named_before_a_similar_one() -> None:
    similar = _record("x", np.roll(noise(1, 48), 1, axis=1))
    _, (dropped,) = without_duplicates(
        [_record("a", noise(1, 48))], [similar, _record("y", noise(1, 48))]
    )
    assert (dropped.like.name, dropped.exact) == ("y", True)


def test_dark_pictures_alike_in_outline_and_not_in_detail_both_stay() -> None:
    dark = noise(1, 32) // 8 + 8
    detail = np.indices((32, 32)).sum(axis=0, dtype=np.uint8) % 2 * 12
    kept, dropped = without_duplicates([_record("a", dark)], [_record("x", dark + detail)])
    assert len(kept) == 1
    assert dropped == []


def test_thousands_of_different_pictures_have_no_copies() -> None:
    records = [_record(str(seed), noise(seed, 24)) for seed in range(1000)]
    assert duplicate_groups(take_prints(records)) == []


def test_copies_form_groups_and_conflicts_are_those_with_several_labels() -> None:
    records = [
        _record("a", noise(1, 48)),
        _record("b", noise(2, 48), "sad"),
        _record("c", noise(1, 48)),
        _record("d", noise(2, 48), "fear"),
        _record("e", np.roll(noise(1, 48), 1, axis=0)),
        _record("f", noise(3, 48)),
    ]
    prints = take_prints(records)
    assert duplicate_groups(prints) == [[0, 2, 4], [1, 3]]
    assert duplicate_groups(prints, near=False) == [[0, 2], [1, 3]]
    assert conflicting(duplicate_groups(prints), records) == [[1, 3]]


def test_no_pictures_have_no_copies() -> None:
    assert without_duplicates([], []) == ([], [])
    assert duplicate_groups(take_prints([])) == []
