from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from export.accuracy import Accuracy, accuracy
from export.gates import RecallError, hold
from tests.export.conftest import CONTRACT
from train.contract import FER_LABELS

_PICTURES = 1000


def _accuracy(wrong: int, label: str = "happy", pictures: int = _PICTURES) -> Accuracy:
    """Perfect before; afterwards `wrong` pictures of a label get the next one."""
    truth = np.repeat(np.arange(7), pictures)
    before = np.eye(7, dtype=np.float32)[truth]
    after = before.copy()
    hit = np.flatnonzero(truth == FER_LABELS.index(label))[:wrong]
    after[hit] = np.roll(after[hit], 1, axis=1)
    labels: list[Mapping[str, str]] = [{"emotion": FER_LABELS[i]} for i in truth]
    (found,) = accuracy(before, after, labels, CONTRACT)
    return found


def test_recall_is_counted_per_class() -> None:
    found = _accuracy(100)
    assert found.after["happy"] == 0.9
    assert found.after["sad"] == 1
    assert found.macro_after == pytest.approx(1 - 0.1 / 7)


def test_half_a_point_of_a_class_is_allowed() -> None:
    hold(_accuracy(5).gates("u8"))


def test_more_than_half_a_point_of_a_class_is_not() -> None:
    with pytest.raises(RecallError, match="u8, happy"):
        hold(_accuracy(6).gates("u8"))


def test_two_pictures_of_a_small_class_are_allowed_but_not_three() -> None:
    by_label = {gate.link: gate for gate in _accuracy(2, pictures=20).gates("u8")}
    assert by_label["u8, happy"].passed
    by_label = {gate.link: gate for gate in _accuracy(3, pictures=20).gates("u8")}
    assert not by_label["u8, happy"].passed


def test_half_a_point_of_macro_recall_is_the_most() -> None:
    assert _accuracy(35).gates("u8")[0].passed
    assert not _accuracy(36).gates("u8")[0].passed


def test_two_pictures_of_the_smallest_class_are_allowed_in_the_mean_but_not_three() -> None:
    assert _accuracy(2, pictures=20).gates("u8")[0].passed
    assert not _accuracy(3, pictures=20).gates("u8")[0].passed


def test_pictures_without_a_known_label_do_not_count() -> None:
    outputs = np.eye(7, dtype=np.float32)
    labels = [{"emotion": label} for label in (*FER_LABELS[:6], "contempt")]
    (found,) = accuracy(outputs, outputs, labels, CONTRACT)
    assert "neutral" not in found.pictures
    assert found.macro_after == 1
