from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from face_detect.batch_detector import BatchDetector, batch_detector
from face_detect.box import Box
from face_detect.crop import Pixels
from face_detect.haar import HaarDetector
from face_detect.media import read_picture
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS


@pytest.fixture(scope="module")
def pictures(samples: Path) -> list[Pixels]:
    """Several faces, one, one that fills its picture, none."""
    photos = [read_picture(samples / f"sample{i}.jpg") for i in (1, 2, 3)]
    close_up = photos[1][170:470, 1390:1690]
    return [*photos, np.ascontiguousarray(close_up), np.zeros((60, 90, 3), np.uint8)]


@pytest.fixture(scope="module")
def single() -> TinyDetector:
    return TinyDetector(DEFAULT_WEIGHTS, second_look=SecondLook())


@pytest.fixture(scope="module")
def batch(single: TinyDetector) -> BatchDetector:
    return batch_detector(single)


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


def test_many_pictures_have_the_boxes_of_each_alone(
    batch: BatchDetector, single: TinyDetector, pictures: list[Pixels]
) -> None:
    found = batch.detect_batch(pictures)
    assert [len(boxes) for boxes in found] == [3, 1, 3, 1, 0]
    assert all(
        same(boxes, single.detect(picture)) for boxes, picture in zip(found, pictures, strict=True)
    )


def test_without_a_second_look_they_have_them_too(pictures: list[Pixels]) -> None:
    first = TinyDetector(DEFAULT_WEIGHTS, size=224)
    found = batch_detector(first).detect_batch(pictures)
    assert all(
        same(boxes, first.detect(picture)) for boxes, picture in zip(found, pictures, strict=True)
    )


def test_a_pictures_boxes_do_not_depend_on_what_is_beside_it(
    batch: BatchDetector, pictures: list[Pixels]
) -> None:
    together = batch.detect_batch(pictures * 2)
    assert together == [batch.detect_batch([picture])[0] for picture in pictures] * 2


def test_a_known_box_is_looked_at_again_where_it_is(
    batch: BatchDetector, single: TinyDetector, pictures: list[Pixels]
) -> None:
    known = single.whole(pictures[1])[0]
    (found,) = batch.near_batch([pictures[1]], [known])
    assert same(found, single.near(pictures[1], SecondLook().rect(known), SecondLook().size))


def test_a_detector_without_batches_looks_at_one_picture_after_the_other(
    pictures: list[Pixels],
) -> None:
    haar = HaarDetector()
    small = [picture[::4, ::4] for picture in pictures[:2]]
    assert batch_detector(haar).detect_batch(small) == [haar.detect(each) for each in small]


def test_no_pictures_have_no_boxes(batch: BatchDetector) -> None:
    assert batch.detect_batch([]) == []
