"""Any picture in the square that the Tiny Face Detector takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from face_detect.crop import Pixels


@dataclass(frozen=True, kw_only=True)
class Letterbox:
    """A picture scaled into the top left of a black square."""

    square: Pixels
    extent_px: tuple[float, float]
    """How many of the picture's own pixels the whole square spans, across and down."""


def letterbox(rgb: Pixels, size: int) -> Letterbox:
    """Scale so that the long side is `size`.

    Pixels are scaled by the exact factor, but boxes are read by the rounded size: face-api draws
    on a canvas the first way (imageToSquare.ts) and decodes the second (computeReshapedDimensions).
    """
    height, width = rgb.shape[:2]
    scale = size / max(height, width)
    square = np.zeros((size, size, 3), np.uint8)
    if min(height, width) * scale > 0.5:
        scaled = cv2.resize(rgb, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
        square[: scaled.shape[0], : scaled.shape[1]] = scaled
    extent_px = (width * size / _rounded(width * scale), height * size / _rounded(height * scale))
    return Letterbox(square=square, extent_px=extent_px)


def _rounded(length: float) -> int:
    return max(1, math.floor(length + 0.5))
