from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from face_detect.box import Box
from face_detect.crop import Pixels
from face_detect.media import read_picture
from face_detect.quick_net import quick
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS


@pytest.fixture(scope="module")
def pictures(samples: Path) -> list[Pixels]:
    """Several faces, one, one that fills its picture, none."""
    photos = [read_picture(samples / f"sample{i}.jpg") for i in (1, 2, 3)]
    close_up = photos[1][170:470, 1390:1690]
    return [*photos, np.ascontiguousarray(close_up), np.zeros((60, 90, 3), np.uint8)]


def same(ours: list[Box], theirs: list[Box]) -> bool:
    """A thousandth of a pixel and 1e-5 of a score are what another order of float32 sums costs."""
    if len(ours) != len(theirs):
        return False
    return all(
        np.allclose(
            [a.x, a.y, a.width, a.height, a.score * 100],
            [b.x, b.y, b.width, b.height, b.score * 100],
            rtol=1e-5,
            atol=1e-3,
        )
        for a, b in zip(ours, theirs, strict=True)
    )


@pytest.mark.parametrize(
    ("look", "size"), [(SecondLook(), 416), (None, 224)], ids=["second look", "first look alone"]
)
def test_the_boxes_are_those_of_torch(
    pictures: list[Pixels], look: SecondLook | None, size: int
) -> None:
    slow = TinyDetector(DEFAULT_WEIGHTS, size=size, second_look=look)
    ours = quick(slow)
    assert all(same(ours.detect(picture), slow.detect(picture)) for picture in pictures)
    assert sum(len(ours.detect(picture)) for picture in pictures) >= 3


def test_the_detector_itself_stays_as_it_is(pictures: list[Pixels]) -> None:
    slow = TinyDetector(DEFAULT_WEIGHTS)
    before = slow.answer
    quick(slow)
    assert slow.answer == before


def test_a_picture_that_is_a_view_from_behind_has_the_same_boxes(pictures: list[Pixels]) -> None:
    ours = quick(TinyDetector(DEFAULT_WEIGHTS, second_look=SecondLook()))
    behind = np.ascontiguousarray(pictures[0][..., ::-1])[..., ::-1]
    assert ours.detect(behind) == ours.detect(pictures[0])
