from __future__ import annotations

import numpy as np
import pytest

from train.calibration import calibration, tempered


def test_answers_that_are_right_as_often_as_they_are_sure_have_no_error() -> None:
    sure = np.tile([[0.75, 0.25]], (4, 1))
    assert calibration(sure, np.array([0, 0, 0, 1])).ece == 0.0


def test_the_error_is_the_gap_between_sure_and_right() -> None:
    sure = np.tile([[0.9, 0.1]], (4, 1))
    found = calibration(sure, np.array([0, 0, 1, 1]))
    assert found.ece == pytest.approx(0.4)
    assert [part.pictures for part in found.bins if part.pictures] == [4]


def test_full_certainty_falls_into_the_last_bin() -> None:
    assert calibration(np.array([[1.0, 0.0]]), np.array([0])).bins[-1].pictures == 1


def test_the_temperature_can_be_taken_back() -> None:
    logits = np.array([[1.0, -2.0, 0.5]])
    plain, cool = np.exp(logits), np.exp(logits / 2)
    plain, cool = plain / plain.sum(), cool / cool.sum()
    assert tempered(cool, 2.0) == pytest.approx(plain)
