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
    truth[:2600] = 1
    found = skew(1 - truth, truth, LABELS[:2])
    assert found.labels[0].verdict == "over-predicted"
