from __future__ import annotations

import pytest

from train.pseudo.points import points


@pytest.mark.parametrize(
    ("difference", "told"), [(0.012, "+1.2"), (-0.012, "-1.2"), (-0.0001, "+0.0")]
)
def test_a_difference_that_rounds_to_nought_is_no_loss(difference: float, told: str) -> None:
    assert points(difference) == told
