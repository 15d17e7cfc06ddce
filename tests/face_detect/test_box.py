from __future__ import annotations

import pytest

from face_detect.box import Box


def _box(x: float, y: float, width: float, height: float) -> Box:
    return Box(x=x, y=y, width=width, height=height)


def test_a_box_overlaps_itself_wholly() -> None:
    assert _box(3, 4, 5, 6).iou(_box(3, 4, 5, 6)) == 1


def test_half_a_box_shifted_shares_a_third() -> None:
    assert _box(0, 0, 2, 1).iou(_box(1, 0, 2, 1)) == pytest.approx(1 / 3)


def test_boxes_that_only_touch_share_nothing() -> None:
    assert _box(0, 0, 2, 2).iou(_box(2, 0, 2, 2)) == 0


def test_a_box_inside_another_shares_its_own_area() -> None:
    assert _box(0, 0, 10, 10).iou(_box(2, 3, 5, 4)) == pytest.approx(0.2)
