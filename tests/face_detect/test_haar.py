from __future__ import annotations

import numpy as np
import pytest

from face_detect.crop import Pixels
from face_detect.haar import HaarDetector


@pytest.fixture(scope="module")
def haar() -> HaarDetector:
    return HaarDetector()


@pytest.fixture(scope="module")
def frontal_face(three_faces: Pixels) -> Pixels:
    return three_faces[160:560, 900:1400]


def test_a_frontal_face_is_found(haar: HaarDetector, frontal_face: Pixels) -> None:
    best = haar.detect(frontal_face)[0]
    assert best.x < 260 < best.x + best.width
    assert best.y < 200 < best.y + best.height


def test_the_most_certain_face_comes_first(haar: HaarDetector, frontal_face: Pixels) -> None:
    scores = [box.score for box in haar.detect(np.tile(frontal_face, (1, 2, 1)))]
    assert len(scores) >= 2
    assert scores == sorted(scores, reverse=True)


def test_a_picture_smaller_than_a_face_holds_none(haar: HaarDetector) -> None:
    assert haar.detect(np.zeros((5, 9, 3), np.uint8)) == []
