"""Made-up surroundings for faces that were cut out, so that a detector can look at them."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np

from face_detect.crop import Pixels

Surroundings = Literal["replicate", "reflect", "grey", "mean", "blurred"]
_GREY = 128
_BLUR = 1 / 8
"""Standard deviation of the blur, in sides of the picture."""


def surround(picture: Pixels, pad_px: int, kind: Surroundings) -> Pixels:
    """The picture in the middle, `pad_px` more on every side.

    Around it are its own outermost pixels, itself mirrored, grey, its mean colour, or the mirrored
    picture out of focus.
    """
    if kind == "replicate":
        return _bordered(picture, pad_px, cv2.BORDER_REPLICATE)
    if kind == "reflect":
        return _bordered(picture, pad_px, cv2.BORDER_REFLECT_101)
    if kind == "blurred":
        return _blurred(picture, pad_px)
    level = [_GREY] * 3 if kind == "grey" else picture.mean((0, 1))
    height, width = picture.shape[:2]
    wide = np.empty((height + 2 * pad_px, width + 2 * pad_px, 3), np.uint8)
    wide[:] = np.floor(np.asarray(level) + 0.5).astype(np.uint8)
    return _with_picture(wide, picture, pad_px)


def _bordered(picture: Pixels, pad_px: int, border: int) -> Pixels:
    return np.asarray(cv2.copyMakeBorder(picture, pad_px, pad_px, pad_px, pad_px, border), np.uint8)


def _blurred(picture: Pixels, pad_px: int) -> Pixels:
    wide = _bordered(picture, pad_px, cv2.BORDER_REFLECT_101)
    soft = cv2.GaussianBlur(wide, (0, 0), max(picture.shape[:2]) * _BLUR)
    return _with_picture(np.asarray(soft, np.uint8), picture, pad_px)


def _with_picture(wide: Pixels, picture: Pixels, pad_px: int) -> Pixels:
    height, width = picture.shape[:2]
    wide[pad_px : pad_px + height, pad_px : pad_px + width] = picture
    return wide
