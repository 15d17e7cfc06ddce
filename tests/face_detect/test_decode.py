from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from face_detect.decode import ANCHORS, decode

NOTHING = -20.0


def _raw(cells: int = 4) -> npt.NDArray[np.float32]:
    return np.full((25, cells, cells), NOTHING, np.float32)


def _put(raw: npt.NDArray[np.float32], anchor: int, row: int, column: int, *values: float) -> None:
    raw[anchor * 5 : anchor * 5 + 5, row, column] = values


def test_zeros_lie_in_the_middle_of_their_cell_with_the_size_of_their_anchor() -> None:
    raw = _raw()
    _put(raw, 2, 1, 3, 0, 0, 0, 0, 4)
    [box] = decode(raw, (400, 200), 0.5)
    width, height = ANCHORS[2] * (100, 50)
    assert (box.width, box.height) == pytest.approx((width, height))
    assert (box.x, box.y) == pytest.approx((350 - width / 2, 75 - height / 2))
    assert box.score == pytest.approx(1 / (1 + math.exp(-4)))


def test_offsets_are_sigmoids_and_sizes_exponentials() -> None:
    raw = _raw()
    _put(raw, 0, 0, 0, 1, -1, 0.5, -0.5, 4)
    [box] = decode(raw, (4, 4), 0.5)
    assert box.width == pytest.approx(math.exp(0.5) * 1.603231)
    assert box.height == pytest.approx(math.exp(-0.5) * 2.094468)
    assert box.x + box.width / 2 == pytest.approx(1 / (1 + math.exp(-1)))
    assert box.y + box.height / 2 == pytest.approx(1 / (1 + math.exp(1)))


def test_a_score_at_the_threshold_is_not_above_it() -> None:
    raw = _raw()
    _put(raw, 1, 2, 2, 0, 0, 0, 0, 0)
    assert decode(raw, (4, 4), 0.5) == []
    assert len(decode(raw, (4, 4), 0.49)) == 1


def test_every_cell_and_anchor_may_hold_a_face() -> None:
    assert len(decode(np.ones((25, 3, 3), np.float32), (96, 96), 0.5)) == 45
