from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pytest

from face_detect.box import Box
from face_detect.crop import CropRule, Pixels
from train.data.record import Record
from train.guess_framing import guess_framing


@dataclass(frozen=True)
class Sees:
    """A detector that finds a face of one size, or none."""

    side: float
    name: str = "made"

    def detect(self, rgb: Pixels) -> list[Box]:
        if not self.side:
            return []
        return [Box(x=10, y=10, width=self.side, height=self.side, score=1)]


def records(picture_side: int, count: int = 5) -> list[Record]:
    content = cv2.imencode(".png", np.zeros((picture_side, picture_side), np.uint8))[1].tobytes()
    return [Record(name=str(i), labels={}, read=lambda: content) for i in range(count)]


@pytest.mark.parametrize(
    ("picture_side", "face_side", "framing"),
    [
        (48, 0, "crop"),
        (200, 180, "crop"),
        (200, 60, "photo"),
        (200, 0, "crop"),
    ],
    ids=["tiny pictures", "faces that fill", "small faces", "no face seen"],
)
def test_framing_follows_what_the_pictures_show(
    picture_side: int, face_side: float, framing: str
) -> None:
    assert guess_framing(records(picture_side), Sees(face_side), CropRule()) == framing


def test_damaged_pictures_do_not_vote() -> None:
    damaged = [Record(name=str(i), labels={}, read=lambda: b"no picture") for i in range(20)]
    assert guess_framing([*damaged, *records(200, 4)], Sees(60), CropRule()) == "photo"
