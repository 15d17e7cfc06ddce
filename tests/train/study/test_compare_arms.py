from __future__ import annotations

import numpy as np
import pytest

from train.study.compare_arms import Floats, difference, holm, verdict
from train.study.student import t_chance, t_interval, t_quantile

TRUTH = np.arange(300) % 3


def answered(random: np.random.Generator, ability: float, seeds: int = 3) -> Floats:
    """Hits of nets that differ by their seeds, on pictures of which some are harder."""
    luck = random.normal(0, 0.1, (seeds, 1)) + random.normal(0, 0.7, (seeds, len(TRUTH)))
    hits: Floats = (ability + HARD + luck > 0).astype(float)
    return hits


HARD = np.random.default_rng(7).normal(0, 1.5, len(TRUTH))


def test_equal_arms_are_rarely_called_different() -> None:
    random = np.random.default_rng(0)
    chances = [
        difference(answered(random, 0.3), answered(random, 0.3), TRUTH)[1] for _ in range(99)
    ]
    assert sum(p < 0.05 for p in chances) <= 8


def test_a_planted_difference_is_found() -> None:
    random = np.random.default_rng(1)
    found, p = difference(answered(random, 1.2), answered(random, 0.3), TRUTH)
    assert found > 0.1
    assert p < 0.01


def test_the_same_answers_differ_in_nothing() -> None:
    hits = answered(np.random.default_rng(2), 0.3)
    assert difference(hits, hits, TRUTH) == (0.0, 1.0)


def test_the_difference_is_one_of_macro_recall() -> None:
    truth = np.array([0] * 9 + [1])
    better, worse = np.ones((1, 10)), np.array([[1.0] * 9 + [0.0]])
    assert difference(better, worse, truth)[0] == pytest.approx(0.5)


def test_what_only_one_seed_shows_is_no_difference() -> None:
    first, second = np.zeros((3, 300)), np.zeros((3, 300))
    first[0] = 1
    assert difference(first, second, TRUTH)[1] > 0.3
    assert difference(first[:1], second[:1], TRUTH)[1] < 1e-6


def test_a_few_pictures_are_judged_as_mcnemar_would() -> None:
    truth = np.zeros(20, np.intp)
    second = np.zeros((1, 20))
    first = second.copy()
    first[0, :4] = 1
    assert difference(first, second, truth)[1] == pytest.approx(0.125, abs=0.02)


def test_holm_shares_the_chance_out() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert verdict(0.1, 0.03) == "better"
    assert verdict(-0.1, 0.03) == "worse"
    assert verdict(0.1, 0.06) == "no difference seen"


@pytest.mark.parametrize(("freedom", "expected"), [(1, 12.706), (2, 4.303), (30, 2.042)])
def test_the_quantiles_of_t_are_those_of_the_tables(freedom: float, expected: float) -> None:
    assert t_quantile(0.95, freedom) == pytest.approx(expected, abs=0.001)
    assert t_chance(expected, freedom) == pytest.approx(0.05, abs=1e-4)


def test_the_interval_of_three_seeds_is_that_of_t() -> None:
    found = t_interval([0.5, 0.6, 0.7])
    assert (found.mean, found.low, found.high) == pytest.approx((0.6, 0.352, 0.848), abs=0.001)


def test_one_seed_has_no_interval() -> None:
    assert (t_interval([0.5]).low, t_interval([0.5]).high) == (None, None)
