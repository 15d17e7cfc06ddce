from __future__ import annotations

import math

import pytest

from face_detect.smooth import Smoother


def test_the_first_value_is_taken_as_it_is() -> None:
    assert Smoother(200).next([0.3, 0.7], 5) == [0.3, 0.7]


@pytest.mark.parametrize("steps", [1, 7])
def test_after_its_constant_a_change_has_come_through_by_63_percent(steps: int) -> None:
    smoother = Smoother(200)
    smoother.next([0], 0)
    for step in range(1, steps + 1):
        (value,) = smoother.next([1], 200 * step / steps)
    assert value == pytest.approx(1 - math.exp(-1))


def test_after_a_reset_nothing_of_the_past_is_left() -> None:
    smoother = Smoother(200)
    smoother.next([0], 0)
    smoother.reset()
    assert smoother.next([1], 1) == [1]
