from __future__ import annotations

import numpy as np
import pytest

from train.skew import skew

LABELS = ("negative", "neutral", "positive")


def test_seventy_of_a_hundred_called_negative_is_named() -> None:
    truth = np.arange(99) % 3
    predicted = np.where(np.arange(99) < 70, 0, truth)
    found = skew(predicted, truth, LABELS)
    assert [item.verdict for item in found.labels] == [
        "over-predicted",
        "under-predicted",
        "under-predicted",
    ]
    assert found.verdict.startswith("Skewed: negative is said of 79.8% and true of 33.3%")


def test_mistakes_that_even_out_are_no_skew() -> None:
    truth = np.arange(99) % 3
    found = skew((truth + 1) % 3, truth, LABELS)
    assert {item.verdict for item in found.labels} == {"as often as true"}
    assert found.moved == 0.0
    assert found.verdict.startswith("No skew")


def test_a_few_pictures_prove_no_skew() -> None:
    found = skew(np.array([0, 0, 0, 0]), np.array([0, 1, 2, 0]), LABELS)
    assert {item.verdict for item in found.labels} == {"as often as true"}


def test_the_chance_is_that_of_a_fair_coin() -> None:
    found = skew(np.array([0] * 5), np.array([1] * 5), LABELS)
    assert found.labels[0].p == pytest.approx(2 / 2**5)


def test_many_pictures_are_judged_too() -> None:
    truth = np.zeros(5000, np.intp)
    truth[:2800] = 1
    found = skew(1 - truth, truth, LABELS[:2])
    assert found.labels[0].verdict == "over-predicted"


def test_chances_are_never_above_one_on_many_pictures() -> None:
    truth = np.arange(3000) % 3
    found = skew((truth + 1) % 3, truth, LABELS)
    assert [item.p for item in found.labels] == [1.0, 1.0, 1.0]


def test_a_small_difference_is_no_skew_however_sure() -> None:
    truth = np.arange(30_000) % 3
    predicted = truth.copy()
    predicted[np.flatnonzero(truth == 1)[:90]] = 0
    found = skew(predicted, truth, LABELS)
    assert found.labels[0].p < 1e-9
    assert found.labels[0].verdict == "as often as true"
    assert found.verdict == (
        "No skew on 30000 faces: no share is off by more than chance,"
        " 0.5 points and 10% of what is true."
    )


def test_the_ratio_has_an_interval_where_a_label_is_said_and_true() -> None:
    truth = np.repeat([0, 1], 100)
    predicted = np.where(np.arange(200) < 120, 0, 1)
    label, _, never = skew(predicted, truth, LABELS).labels
    assert label.ratio == pytest.approx(1.2)
    assert label.ratio_interval is not None
    low, high = label.ratio_interval
    assert (low, high) == pytest.approx((1.108, 1.300), abs=0.001)
    assert (never.ratio, never.ratio_interval) == (None, None)


def test_a_few_right_answers_do_not_make_a_ratio_certain() -> None:
    truth = np.arange(8) % 3
    assert [item.ratio_interval for item in skew(truth, truth, LABELS).labels] == [None] * 3
