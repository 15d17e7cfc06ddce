from __future__ import annotations

import pytest

from train.wilson import wilson


def test_the_interval_is_wilsons() -> None:
    # Newcombe 1998, table I: 81 of 263.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_no_picture_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_share_of_all_is_not_certain() -> None:
    low, high = wilson(10, 10)
    assert low == pytest.approx(0.7225, abs=1e-4)
    assert high == pytest.approx(1.0)
