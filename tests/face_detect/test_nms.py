from __future__ import annotations

from face_detect.box import Box
from face_detect.nms import nms


def _box(x: float, score: float) -> Box:
    return Box(x=x, y=0, width=10, height=10, score=score)


def test_the_most_certain_of_two_that_overlap_stays() -> None:
    weak, strong = _box(0, 0.6), _box(1, 0.9)
    assert nms([weak, strong], 0.4) == [strong]


def test_boxes_apart_all_stay_most_certain_first() -> None:
    assert nms([_box(0, 0.6), _box(50, 0.9)], 0.4) == [_box(50, 0.9), _box(0, 0.6)]


def test_an_overlap_of_exactly_the_limit_is_allowed() -> None:
    pair = [_box(0, 0.9), _box(5, 0.8)]
    assert nms(pair, pair[0].iou(pair[1])) == pair


def test_a_box_that_was_dropped_drops_no_other() -> None:
    chain = [_box(0, 0.9), _box(4, 0.8), _box(8, 0.7)]
    assert nms(chain, 0.4) == [chain[0], chain[2]]
