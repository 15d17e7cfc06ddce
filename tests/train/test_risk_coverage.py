from __future__ import annotations

import numpy as np
import pytest

from train.risk_coverage import risk_coverage

LABELS = ("happy", "sad")


def said(sure: list[float]) -> np.ndarray:
    return np.array([[each, 1 - each] for each in sure])


def test_accuracy_rises_where_the_least_sure_are_wrong() -> None:
    found = risk_coverage(said([0.6, 0.9, 0.8, 0.7]), np.array([1, 0, 0, 0]), LABELS, steps=4)
    assert [point.accuracy for point in found.points] == [1, 1, 1, 0.75]
    assert [point.coverage for point in found.points] == [0.25, 0.5, 0.75, 1]
    assert [point.least for point in found.points] == pytest.approx([0.9, 0.8, 0.7, 0.6])
    assert found.accuracy_area == pytest.approx((1 + 1 + 1 + 0.75) / 4)


def test_the_point_that_answers_enough_is_found() -> None:
    found = risk_coverage(said([0.6, 0.9, 0.8, 0.7]), np.zeros(4, int), LABELS, steps=4)
    point = found.at(0.6)
    assert point is not None
    assert point.coverage == 0.75


def test_without_faces_there_is_no_curve() -> None:
    found = risk_coverage(np.empty((0, 2)), np.empty(0, int), LABELS)
    assert found.points == ()
    assert found.at(0.8) is None


def test_a_share_that_is_no_whole_number_of_answers_is_not_missed() -> None:
    point = risk_coverage(said([0.9] * 7), np.zeros(7, int), LABELS, steps=5).at(0.8)
    assert point is not None
    assert point.coverage == pytest.approx(6 / 7)
