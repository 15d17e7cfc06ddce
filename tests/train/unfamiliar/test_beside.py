from __future__ import annotations

import numpy as np

from face_detect.box import Box
from train.unfamiliar.beside import beside

PHOTO = np.zeros((200, 300, 3), np.uint8)
PHOTO[60:140, 100:180] = 255
FACE = Box(x=100, y=60, width=80, height=80)


def test_no_square_shows_the_face() -> None:
    random = np.random.default_rng(0)
    found = [beside(PHOTO, [FACE], 32, random) for _ in range(50)]
    squares = [square for square in found if square is not None]
    assert len(squares) > 25
    assert not np.any(squares)


def test_a_face_that_fills_the_photo_leaves_no_room() -> None:
    full = Box(x=0, y=0, width=300, height=200)
    assert beside(PHOTO, [full], 32, np.random.default_rng(0)) is None
