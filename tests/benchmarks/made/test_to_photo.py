import struct

import cv2
import numpy as np
import pytest

from benchmarks.made.to_photo import LEAST_BYTES, MOST_BYTES, named, to_photo
from face_detect.command import MachineError
from face_detect.media import decode_picture


def scene(seed: int = 0) -> np.ndarray:
    coarse = np.random.default_rng(seed).integers(0, 256, (12, 16, 3), np.uint8)
    return np.asarray(cv2.resize(coarse, (320, 240), interpolation=cv2.INTER_CUBIC), np.uint8)


@pytest.mark.parametrize("size", [(3280, 2464), (3000, 4000)])
def test_a_large_picture_has_the_bytes_of_one(size: tuple[int, int]) -> None:
    jpeg = to_photo(scene(), size, np.random.default_rng(0), turned=False)
    assert LEAST_BYTES <= len(jpeg) <= MOST_BYTES
    assert decode_picture(jpeg, "x").shape[1::-1] == size


def test_a_scene_that_no_noise_makes_small_enough_is_refused() -> None:
    loud = np.random.default_rng(0).integers(0, 256, (2464, 3280, 3), np.uint8)
    with pytest.raises(
        MachineError, match=r"3280×2464 has [0-9]+ bytes at quality 90, not 1500000"
    ):
        to_photo(loud, (3280, 2464), np.random.default_rng(0), turned=False)


def test_one_that_lies_on_its_side_is_shown_upright() -> None:
    upright, turned = (
        decode_picture(to_photo(scene(), (640, 480), np.random.default_rng(0), turned=turn), "x")
        for turn in (False, True)
    )
    assert upright.shape == turned.shape
    assert np.abs(upright.astype(int) - turned).mean() < 3


@pytest.mark.parametrize("turned", [False, True])
def test_a_name_changes_the_bytes_and_no_pixel(turned: bool) -> None:
    jpeg = to_photo(scene(), (640, 480), np.random.default_rng(0), turned=turned)
    first, second = named(jpeg, "기쁨.jpg"), named(jpeg, "슬픔.jpg")
    assert first != second
    assert (decode_picture(first, "a") == decode_picture(jpeg, "b")).all()
    assert b"\xff\xfe" + struct.pack(">H", len("기쁨.jpg".encode()) + 2) in first[:200]
