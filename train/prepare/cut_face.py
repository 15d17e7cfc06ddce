"""One face, cut out of its picture with what lies around it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels, round_half_up
from face_detect.reduced import Header, Reduced, decode_reduced, read_header
from train.inputs import middle
from train.prepare.cutting import Cutting

LOOK = 3.0
"""The longer side of what the detector looks at, at least, in sides of its input: half of a
camera's picture. A quarter is decoded hardly sooner, and too small to cut most faces out of."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A picture as the detector looks at it, and its file, for a closer look."""

    name: str
    content: bytes
    header: Header | None
    look: Reduced

    @property
    def width(self) -> int:
        shrunk = self.header if self.look.factor > 1 else None
        return shrunk.width if shrunk else self.look.rgb.shape[1]

    @property
    def height(self) -> int:
        shrunk = self.header if self.look.factor > 1 else None
        return shrunk.height if shrunk else self.look.rgb.shape[0]

    def at_least(self, factor: float) -> Reduced:
        """The picture, smaller by `factor` at most."""
        wanted = self.header.factor_for(factor) if self.header else 1
        if self.look.factor <= max(wanted, 1):
            return self.look
        return decode_reduced(self.content, self.name, self.header, wanted)


@dataclass(frozen=True, kw_only=True)
class Face:
    """A JPEG, and where the face is in it."""

    jpeg: bytes
    box: Box | None
    shrunk: float


def open_picture(content: bytes, name: str, cutting: Cutting) -> Opened:
    """Decode it as small as will do."""
    header = read_header(content, name)
    factor = 1
    if header is not None:
        if cutting.framing == "photo":
            factor = header.factor(LOOK * cutting.crop.detector_size)
        else:
            factor = header.factor_for(min(header.width, header.height) / cutting.size)
    look = decode_reduced(content, name, header, factor)
    return Opened(name=name, content=content, header=header, look=look)


def cut_face(opened: Opened, box: Box, cutting: Cutting) -> Face:
    """The square that the contract's rule makes of the box, with its margin, as far as the picture
    goes: what lies beyond its edge is made up anew whenever the face is read."""
    rect = cutting.crop.rule.rect(box)
    reduced = opened.at_least(rect.side / cutting.size)
    height, width = reduced.rgb.shape[:2]
    margin = cutting.margin * rect.side
    around = reduced.reduced(
        Box(
            x=rect.x - margin,
            y=rect.y - margin,
            width=rect.side + 2 * margin,
            height=rect.side + 2 * margin,
        )
    )
    left, right = _within(around.x, around.width, width)
    top, bottom = _within(around.y, around.height, height)
    if left >= right or top >= bottom:
        raise InputError(f"{opened.name}: box outside the picture (its square is)")
    pixels = _bgr(reduced.rgb[top:bottom, left:right])
    shrunk = _shrunk(pixels, cutting.size * reduced.factor / rect.side)
    across, down = shrunk.shape[1] / pixels.shape[1], shrunk.shape[0] / pixels.shape[0]
    seen = reduced.reduced(box)
    return Face(
        jpeg=_jpeg(shrunk, cutting.quality),
        box=Box(
            x=(seen.x - left) * across,
            y=(seen.y - top) * down,
            width=seen.width * across,
            height=seen.height * down,
            score=box.score,
        ),
        shrunk=reduced.factor / max(across, down),
    )


def keep_crop(opened: Opened, cutting: Cutting) -> Face:
    """A face that was cut out already: its central square, or the very file if that is one."""
    picture = opened.look.rgb
    side = min(picture.shape[:2])
    if _may_stay(opened, side, cutting):
        return Face(jpeg=opened.content, box=None, shrunk=1.0)
    square = middle(picture)
    pixels = _bgr(picture[square.y : square.y + side, square.x : square.x + side])
    shrunk = _shrunk(pixels, cutting.size / side)
    return Face(
        jpeg=_jpeg(shrunk, cutting.quality),
        box=None,
        shrunk=opened.look.factor * side / shrunk.shape[0],
    )


def _may_stay(opened: Opened, side: int, cutting: Cutting) -> bool:
    header = opened.header
    is_jpeg = header is not None and header.scales and header.orientation == 1
    square = opened.look.rgb.shape[0] == opened.look.rgb.shape[1]
    return is_jpeg and square and opened.look.factor == 1 and side <= cutting.size


def _within(start: float, length: float, limit: int) -> tuple[int, int]:
    """Whole pixels from one to another that are in the picture."""
    return max(0, math.floor(start)), min(limit, math.ceil(start + length))


def _shrunk(pixels: Pixels, scale: float) -> Pixels:
    """Smaller by the area's mean; nothing is blown up."""
    if scale >= 1:
        return pixels
    height, width = (max(1, round_half_up(side * scale)) for side in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _bgr(rgb: Pixels) -> Pixels:
    """As OpenCV takes it; nothing is copied where that is how it lies."""
    bgr = rgb[..., ::-1]
    return bgr if bgr.strides[2] > 0 else np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), np.uint8)


def _jpeg(bgr: Pixels, quality: int) -> bytes:
    is_grey = bool((bgr == bgr[..., :1]).all())
    pixels = np.ascontiguousarray(bgr[..., 0]) if is_grey else bgr
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
