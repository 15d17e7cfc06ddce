"""Squares of photos that hold no face: walls, clothes, trees, hands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from face_detect.box import Box
from face_detect.crop import Pixels, Rect, sample

LEAST_PX = 24
"""A smaller square is a blur at any net's size."""
_TRIES = 12


def beside(
    picture: Pixels, faces: Sequence[Box], size: int, random: np.random.Generator
) -> Pixels | None:
    """One square beside the faces; None where a few tries find no room."""
    height, width = picture.shape[:2]
    most = min(height, width)
    for rect in _drawn(height, width, most, random):
        if not any(_touches(rect, face) for face in faces):
            return sample(picture, rect, size)
    return None


def _drawn(height: int, width: int, most: int, random: np.random.Generator) -> Iterator[Rect]:
    if most < LEAST_PX:
        return
    for _ in range(_TRIES):
        side = int(random.integers(LEAST_PX, max(LEAST_PX, most * 2 // 3) + 1))
        x, y = random.integers(0, width - side + 1), random.integers(0, height - side + 1)
        yield Rect(x=int(x), y=int(y), side=side)


def _touches(rect: Rect, face: Box) -> bool:
    """Whether they share a pixel, with a head's hair and chin about the face."""
    around_x, around_y = face.width * 0.3, face.height * 0.4
    return (
        rect.x < face.x + face.width + around_x
        and rect.x + rect.side > face.x - around_x
        and rect.y < face.y + face.height + around_y
        and rect.y + rect.side > face.y - around_y
    )
