"""Any picture in the square that the Tiny Face Detector takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels

STEPS = 16


@dataclass(frozen=True, kw_only=True)
class Letterbox:
    """A picture scaled into the top left of a black square."""

    square: Pixels
    extent_px: tuple[float, float]
    """How many of the picture's own pixels the whole square spans, across and down."""


def letterbox(rgb: Pixels, size: int) -> Letterbox:
    """Scale so that the long side is `size`, as Chromium's software canvas does.

    The net is sensitive to rounding: a box moves by an IoU of 0.98 when the pixels move by 1/255.
    So this is that canvas' arithmetic, bilinear by sixteenths with the fraction dropped, and
    face-api's geometry: pixels are scaled by the exact factor (its imageToSquare.ts), boxes are
    read by the rounded size (its computeReshapedDimensions).
    """
    height, width = rgb.shape[:2]
    scale = size / max(height, width)
    rows, columns = _taps(height, scale), _taps(width, scale)
    square = np.zeros((size, size, 3), np.uint8)
    square[: len(rows.low), : len(columns.low)] = _mix(rgb, rows, columns)
    extent_px = (width * size / len(columns.low), height * size / len(rows.low))
    return Letterbox(square=square, extent_px=extent_px)


@dataclass(frozen=True)
class _Taps:
    """For each scaled pixel its two source pixels, and the second one's weight in sixteenths."""

    low: npt.NDArray[np.intp]
    high: npt.NDArray[np.intp]
    part: npt.NDArray[np.uint16]


def _taps(length: int, scale: float) -> _Taps:
    count = max(1, math.floor(length * scale + 0.5))
    centres = (np.arange(count) + 0.5) / scale - 0.5
    low = np.floor(centres)
    part = np.floor((centres - low) * STEPS).astype(np.uint16)
    index = low.astype(np.intp)
    return _Taps(index.clip(0, length - 1), (index + 1).clip(0, length - 1), part)


def _mix(rgb: Pixels, rows: _Taps, columns: _Taps) -> Pixels:
    part = rows.part[:, None, None]
    mixed = _across(rgb[rows.low], columns) * (STEPS - part)
    mixed += _across(rgb[rows.high], columns) * part
    scaled: Pixels = (mixed // STEPS**2).astype(np.uint8)
    return scaled


def _across(lines: Pixels, columns: _Taps) -> npt.NDArray[np.uint16]:
    part = columns.part[:, None]
    mixed: npt.NDArray[np.uint16] = lines[:, columns.low] * (STEPS - part)
    mixed += lines[:, columns.high] * part
    return mixed
