"""One rule for cutting faces out, and one sampler for resizing them.

`web/src/core/sampler.ts` is the same arithmetic in TypeScript; a test feeds both the same pixels.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from face_detect.box import Box

Pixels = npt.NDArray[np.uint8]
Edge = Literal["replicate", "black"]
MOST_SCALE = 10.0
"""A square more than so many times its box holds more surroundings than face."""


@dataclass(frozen=True, kw_only=True)
class Rect:
    """An integer square of source pixels; it may reach over the picture's edge."""

    x: int
    y: int
    side: int


@dataclass(frozen=True, kw_only=True)
class CropRule:
    """How a detector's box becomes the square that the classifier sees.

    By default as FER2013 frames its faces: `python -m train framing` measured it.
    """

    scale: float = 0.91
    """Side of the square, in units of the box's longer side."""
    shift_x: float = 0.02
    shift_y: float = -0.11
    """How far the square's centre lies from the box's, in units of the box's longer side."""
    edge: Edge = "replicate"
    """What lies beyond the picture: its outermost pixels again, or black."""

    def rect(self, box: Box) -> Rect:
        """The square for a box, on whole pixels."""
        longer = max(box.width, box.height)
        side = max(1, round_half_up(longer * self.scale))
        centre_x = box.x + box.width / 2 + self.shift_x * longer
        centre_y = box.y + box.height / 2 + self.shift_y * longer
        return Rect(
            x=round_half_up(centre_x - side / 2), y=round_half_up(centre_y - side / 2), side=side
        )


def crop(picture: Pixels, box: Box, rule: CropRule, size: int) -> Pixels:
    """The face in `box`, cut out of an RGB or RGBA picture by `rule` and scaled to `size`."""
    return sample(picture, rule.rect(box), size, rule.edge)


def sample(picture: Pixels, rect: Rect, size: int, edge: Edge = "replicate") -> Pixels:
    """Scale a square of an RGB(A) picture to `size` × `size` RGB.

    Bilinear with pixel centres at half; the area's average when shrinking to less than half.
    """
    height, width = picture.shape[:2]
    columns, rows = _span(rect.x, rect.side, width), _span(rect.y, rect.side, height)
    source = picture[rows.clamped][:, columns.clamped, :3]
    if edge == "black":
        source = source * (rows.inside[:, None] & columns.inside[None, :])[..., None]
    if rect.side == size:
        return np.ascontiguousarray(source)
    weights = resize_weights(rect.side, size)
    mixed = np.tensordot(weights, weights @ source.astype(np.float64), axes=1)
    rounded: Pixels = np.floor(mixed + 0.5).astype(np.uint8)
    return rounded


def grey(rgb: Pixels) -> Pixels:
    """ITU-R BT.601 luma, rounded half up: (299 R + 587 G + 114 B) / 1000."""
    if rgb.ndim > 3:  # one after the other: on the way a picture takes 27 times what it comes to
        found = np.empty((*rgb.shape[:-1], 1), np.uint8)
        for i, picture in enumerate(rgb):
            found[i] = grey(picture)
        return found
    wide = rgb.astype(np.uint32)
    luma = 299 * wide[..., 0] + 587 * wide[..., 1] + 114 * wide[..., 2]
    return ((luma + 500) // 1000).astype(np.uint8)[..., None]


@dataclass(frozen=True)
class _Span:
    clamped: npt.NDArray[np.intp]
    inside: npt.NDArray[np.bool_]


def _span(start: int, length: int, limit: int) -> _Span:
    index = np.arange(start, start + length)
    return _Span(np.clip(index, 0, limit - 1), (index >= 0) & (index < limit))


@functools.lru_cache(maxsize=64)
def resize_weights(side: int, size: int) -> npt.NDArray[np.float64]:
    """Row i holds how much each of `side` source pixels gives to output pixel i."""
    weights = np.zeros((size, side))
    ratio = side / size
    for i in range(size):
        if ratio > 2:
            start, stop = i * ratio, (i + 1) * ratio
            for j in range(math.floor(start), min(side, math.ceil(stop))):
                weights[i, j] = (min(j + 1, stop) - max(j, start)) / ratio
        else:
            centre = (i + 0.5) * ratio - 0.5
            low = math.floor(centre)
            part = centre - low
            weights[i, min(max(low, 0), side - 1)] += 1 - part
            weights[i, min(max(low + 1, 0), side - 1)] += part
    return weights


def round_half_up(value: float) -> int:
    """Half up, as JavaScript's Math.round; Python's own round goes to even."""
    return math.floor(value + 0.5)
