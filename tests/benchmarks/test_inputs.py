from pathlib import Path

import cv2
import numpy as np
import pytest

from benchmarks.inputs import MOST, read_inputs
from face_detect.command import InputError


def save_picture(path: Path, red: int) -> Path:
    bgr = np.zeros((8, 12, 3), np.uint8)
    bgr[..., 2] = red
    cv2.imwrite(str(path), bgr)
    return path


def test_pictures_come_as_rgb_in_the_order_asked_for(tmp_path: Path) -> None:
    paths = [save_picture(tmp_path / f"{red}.png", red) for red in (200, 100)]
    assert [tuple(frame[0, 0]) for frame in read_inputs(paths)] == [(200, 0, 0), (100, 0, 0)]


def test_no_more_frames_are_held_than_fit(tmp_path: Path) -> None:
    assert len(read_inputs([save_picture(tmp_path / "one.png", 9)] * (MOST + 5))) == MOST


def test_no_picture_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="no picture"):
        read_inputs([])


def test_a_clip_gives_a_frame_every_half_second(tmp_path: Path) -> None:
    clip = tmp_path / "clip.avi"
    codec = cv2.VideoWriter.fourcc(*"MJPG")
    writer = cv2.VideoWriter(str(clip), codec, 30, (32, 16))
    for index in range(40):
        writer.write(np.full((16, 32, 3), index * 5, np.uint8))
    writer.release()
    levels = [float(frame.mean()) for frame in read_inputs([], clip)]
    assert levels == pytest.approx([0, 75, 150], abs=4)
