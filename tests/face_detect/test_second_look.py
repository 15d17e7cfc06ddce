from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import read_picture
from face_detect.second_look import SecondLook, look_again
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS

LOOK = SecondLook()
FACE = Box(x=100, y=80, width=40, height=50)


def test_the_square_is_centred_on_the_box() -> None:
    rect = LOOK.rect(FACE)
    assert (rect.x, rect.y, rect.side) == (70, 55, 100)


def test_the_box_of_the_second_look_is_taken() -> None:
    tighter = Box(x=104, y=84, width=34, height=44)
    assert look_again([FACE], LOOK, lambda rect: [tighter]) == [tighter]


def test_a_face_that_the_second_look_does_not_see_keeps_its_box() -> None:
    assert look_again([FACE], LOOK, lambda rect: []) == [FACE]


def test_a_box_in_whose_square_there_are_only_other_faces_was_mistaken() -> None:
    elsewhere = Box(x=0, y=0, width=20, height=20)
    assert look_again([FACE], LOOK, lambda rect: [elsewhere]) == []


def test_two_boxes_that_turn_out_to_be_one_face_give_one() -> None:
    beside = Box(x=110, y=80, width=40, height=50)
    assert look_again([FACE, beside], LOOK, lambda rect: []) == [FACE]


def test_a_face_is_framed_more_alike_near_and_far(samples: Path) -> None:
    """The same pictures as they are and on a black ground half as large again."""
    pictures = [read_picture(samples / f"sample{i}.jpg") for i in (1, 2, 3)]
    assert agreement(pictures, LOOK) > agreement(pictures, None) + 0.05


def agreement(pictures: list[Pixels], look: SecondLook | None) -> float:
    """Mean IoU of the faces that are found both near and far."""
    detector = TinyDetector(DEFAULT_WEIGHTS, second_look=look)
    overlaps = []
    for near in pictures:
        height, width = near.shape[:2]
        far = np.pad(near, ((0, height // 2), (0, width // 2), (0, 0)))
        found = detector.detect(far)
        overlaps += [max(map(box.iou, found), default=0.0) for box in detector.detect(near)]
    return float(np.mean([overlap for overlap in overlaps if overlap > 0.3]))


def test_a_size_that_the_net_cannot_take_is_refused() -> None:
    with pytest.raises(InputError, match="not a multiple of 32"):
        TinyDetector(DEFAULT_WEIGHTS, second_look=SecondLook(size=100))
