from __future__ import annotations

import numpy as np
import pytest

from train.evaluate import evaluate

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
