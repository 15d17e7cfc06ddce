from __future__ import annotations

import numpy as np
import pytest

from train.evaluate import NO_ANSWER, evaluate

LABELS = ("a", "b", "c")


def test_recall_counts_the_truth_not_the_guesses() -> None:
    found = evaluate(np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1]), LABELS[:2])
    assert found.recall == {"a": 1.0, "b": pytest.approx(1 / 3)}
    assert found.accuracy == 0.5
    assert found.macro_f1 == pytest.approx((0.5 + 0.5) / 2)


def test_a_label_without_pictures_does_not_pull_the_mean_down() -> None:
    found = evaluate(np.array([0, 1]), np.array([0, 1]), LABELS)
    assert found.macro_recall == 1.0
    assert found.support["c"] == 0


def test_nothing_is_said_of_a_label_without_pictures_even_where_it_is_predicted() -> None:
    found = evaluate(np.array([0, 2]), np.array([0, 1]), LABELS)
    assert (found.recall["c"], found.precision["c"], found.f1["c"]) == (None, None, None)
    assert found.macro_f1 == pytest.approx((1.0 + 0.0) / 2)


def test_a_face_that_was_not_found_is_an_error_and_stays_in_the_count() -> None:
    found = evaluate(np.array([0, NO_ANSWER]), np.array([0, 0]), LABELS[:2])
    assert (found.pictures, found.accuracy) == (2, 0.5)
    assert found.recall["a"] == 0.5
    assert found.unanswered == {"a": 1, "b": 0}


def test_a_row_of_the_confusion_matrix_is_a_true_label() -> None:
    found = evaluate(np.array([1, 1, 0]), np.array([0, 0, 1]), LABELS[:2])
    assert found.confusion == ((0, 2), (1, 0))
