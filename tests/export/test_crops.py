from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from export.crops import FACES, OTHERS, parity_crops
from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import CropRule, Pixels
from tests.export.conftest import FACE_API

_PICTURES = sorted((FACE_API / "demo").glob("sample*.jpg"))[:2]


class _Finds:
    """A detector that sees the same boxes everywhere."""

    name = "fixed"

    def __init__(self, *boxes: Box) -> None:
        self.boxes = list(boxes)

    def detect(self, rgb: Pixels) -> list[Box]:
        return self.boxes


_FACE = Box(x=300, y=200, width=120, height=130)


def test_there_are_faces_and_sixteen_others_of_one_size() -> None:
    crops = parity_crops(_PICTURES, _Finds(_FACE), CropRule(), 24)
    assert crops.shape == (FACES + OTHERS, 24, 24, 3)
    assert crops.dtype == np.uint8


def test_the_same_crops_come_every_time() -> None:
    first = parity_crops(_PICTURES, _Finds(_FACE), CropRule(), 24)
    assert (first == parity_crops(_PICTURES, _Finds(_FACE), CropRule(), 24)).all()


def test_no_two_crops_are_alike() -> None:
    crops = parity_crops(_PICTURES, _Finds(_FACE), CropRule(), 24)
    assert len(np.unique(crops.reshape(len(crops), -1), axis=0)) == len(crops)


def test_pictures_without_a_face_are_refused() -> None:
    with pytest.raises(InputError, match=r"no face was found in sample1\.jpg"):
        parity_crops(_PICTURES, _Finds(), CropRule(), 24)


def test_an_unreadable_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    with pytest.raises(InputError, match=r"broken\.jpg: is not a picture"):
        parity_crops([tmp_path / "broken.jpg"], _Finds(_FACE), CropRule(), 24)
