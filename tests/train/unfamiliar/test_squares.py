from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from train.data.dataset import Dataset
from train.data.open_dataset import open_dataset
from train.unfamiliar.squares import squares


class Everywhere:
    """Its face leaves no room beside it."""

    name = "everywhere"

    def detect(self, rgb: Pixels) -> list[Box]:
        height, width = rgb.shape[:2]
        return [Box(x=0, y=0, width=width, height=height, score=1.0)]


class Nowhere:
    name = "nowhere"

    def detect(self, rgb: Pixels) -> list[Box]:
        return []


@pytest.fixture
def photos(tmp_path: Path) -> Dataset:
    for name in "ab":
        cv2.imwrite(str(tmp_path / f"{name}.png"), np.full((96, 128, 3), 90, np.uint8))
    return open_dataset(tmp_path)


def test_each_photo_gives_as_many_squares(photos: Dataset) -> None:
    assert squares(photos, Nowhere(), 16, 6, seed=0).shape == (6, 16, 16, 3)


def test_photos_without_room_beside_their_faces_are_refused(photos: Dataset) -> None:
    with pytest.raises(InputError, match="no photo has room for a square beside its faces"):
        squares(photos, Everywhere(), 16, 6, seed=0)
