"""The picture by which a page knows that a backend computes right: a formula, not data."""

from __future__ import annotations

import numpy as np

from export.manifest import Selftest, rounded
from face_detect.crop import Pixels

CLASSIFIER_TOLERANCE = 0.05
DETECTOR_TOLERANCE = 0.01
DETECTOR_SIZE = 96


def selftest_pixels(size: int, channels: int) -> Pixels:
    """pixel(x, y, c) = (7x + 13y + 29c + xy) mod 256, as [S, S, C]."""
    y, x, c = np.ogrid[:size, :size, :channels]
    pixels: Pixels = ((x * 7 + y * 13 + c * 29 + x * y) % 256).astype(np.uint8)
    return pixels


def selftest_crop(size: int, channels: int) -> Pixels:
    """The same as RGB; three equal channels have exactly that value as their grey."""
    pixels = selftest_pixels(size, channels)
    return pixels if channels == 3 else pixels.repeat(3, axis=2)


def selftest(outputs: np.ndarray, tolerance: float) -> Selftest:
    """What the page compares with, short enough to read."""
    values = tuple(rounded(float(value)) for value in outputs.ravel())
    return Selftest(outputs=values, tolerance=tolerance)
