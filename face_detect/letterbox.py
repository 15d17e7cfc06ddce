"""Any picture in the square that the Tiny Face Detector takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels, Rect

STEPS = 16
FIXED = 16
"""Bits after the point where Skia, Chromium's painter, counts positions in a line of pixels."""
RUN = 127
"""Pixels that Skia places by counting on from the first, before it computes a place again."""


@dataclass(frozen=True, kw_only=True)
class Letterbox:
    """A picture scaled into the top left of a black square."""

    square: Pixels
    extent_px: tuple[float, float]
    """How many of the picture's own pixels the whole square spans, across and down."""


def letterbox(rgb: Pixels, size: int) -> Letterbox:
    """Scale so that the long side is `size`, as Chromium's software canvas does.

    The net is sensitive to rounding: a box moves by an IoU of 0.98 when the pixels move by 1/255,
    and a tracker looks next where the last box was. So this is that canvas' arithmetic, float32 and
    fixed point, bilinear by sixteenths with the fraction dropped (Skia's SkBitmapProcState), and
    face-api's geometry: pixels are scaled by the exact factor (its imageToSquare.ts), boxes are
    read by the rounded size (its computeReshapedDimensions).
    """
    height, width = rgb.shape[:2]
    longer = max(height, width)
    rounded = [max(1, math.floor(side * (size / longer) + 0.5)) for side in (width, height)]
    return Letterbox(
        square=_draw(rgb, Rect(x=0, y=0, side=longer), size),
        extent_px=(width * size / rounded[0], height * size / rounded[1]),
    )


def letterbox_square(rgb: Pixels, rect: Rect, size: int) -> Letterbox:
    """The same of a square of the picture; black where it reaches over the edge."""
    return Letterbox(square=_draw(rgb, rect, size), extent_px=(rect.side, rect.side))


def _draw(rgb: Pixels, rect: Rect, size: int) -> Pixels:
    height, width = rgb.shape[:2]
    rows = _taps(height, rect.y, rect.side, size, run=1)
    columns = _taps(width, rect.x, rect.side, size, run=RUN)
    square = np.zeros((size, size, 3), np.uint8)
    if rgb.strides[2] < 0:  # as OpenCV decodes: lines are copied many times sooner as they lie
        square[rows.drawn, columns.drawn] = _mix(rgb[..., ::-1], rows, columns)[..., ::-1]
    else:
        square[rows.drawn, columns.drawn] = _mix(rgb, rows, columns)
    return square


@dataclass(frozen=True)
class _Taps:
    """For each scaled pixel its two source pixels, and the second one's weight in sixteenths."""

    drawn: slice
    low: npt.NDArray[np.intp]
    high: npt.NDArray[np.intp]
    part: npt.NDArray[np.uint16]


def _taps(length: int, start: int, side: int, size: int, run: int) -> _Taps:
    """Along one axis of a picture whose pixels from `start` on, `side` of them, fill the square."""
    scale = size / side
    left = np.float32(-start * scale)
    right = left + np.float32(length * scale)
    step = np.float32(1) / ((right - left) / np.float32(length))
    first = max(0, math.floor(left + 0.5))
    stop = max(first + (start == 0), min(size, math.floor(right + 0.5)))
    place = np.arange(first, stop)
    began = first + (place - first) // run * run
    centre = (began.astype(np.float32) + np.float32(0.5)) * step - left * step
    fixed = _whole(centre, 32) - (1 << 31) + _whole(step, 32) * (place - began)
    fixed >>= 32 - FIXED
    low = fixed >> FIXED
    part = (fixed >> (FIXED - 4)) % STEPS
    limit = length - 1
    return _Taps(
        slice(first, stop), low.clip(0, limit), (low + 1).clip(0, limit), part.astype(np.uint16)
    )


def _whole(value: npt.NDArray[np.float32] | np.float32, bits: int) -> npt.NDArray[np.int64]:
    """Fixed point with so many bits after the point; what is left is dropped."""
    return (np.asarray(value, np.float64) * 2.0**bits).astype(np.int64)


def _mix(rgb: Pixels, rows: _Taps, columns: _Taps) -> Pixels:
    part = rows.part[:, None]
    mixed = _across(rgb[rows.low], columns)
    mixed *= STEPS - part
    below = _across(rgb[rows.high], columns)
    below *= part
    mixed += below
    scaled: Pixels = (mixed // STEPS**2).astype(np.uint8)
    return scaled.reshape(len(part), len(columns.low), 3)


def _across(lines: Pixels, columns: _Taps) -> npt.NDArray[np.uint16]:
    """Three numbers a pixel side by side: numpy is slow where a loop has only three."""
    part = columns.part.repeat(3)
    shape = len(lines), len(part)
    mixed: npt.NDArray[np.uint16] = lines.take(columns.low, axis=1).reshape(shape) * (STEPS - part)
    mixed += lines.take(columns.high, axis=1).reshape(shape) * part
    return mixed
