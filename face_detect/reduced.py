"""Pictures decoded smaller than they are, which for JPEG takes a fraction of the time."""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import decode_picture, refuse_huge

_FLAGS = {
    1: cv2.IMREAD_COLOR,
    2: cv2.IMREAD_REDUCED_COLOR_2,
    4: cv2.IMREAD_REDUCED_COLOR_4,
    8: cv2.IMREAD_REDUCED_COLOR_8,
}
FACTORS = tuple(_FLAGS)
"""What libjpeg's inverse DCT can shrink by on its way, and OpenCV asks it for."""
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
_FROM_RIGHT, _FROM_BELOW = (2, 3, 6, 7), (3, 4, 7, 8)
"""EXIF orientations by which the picture's first column, or row, is one that was stored last."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a picture's first bytes say; sides are those of the upright picture, if it `scales`: of
    other formats' turns only the decoder knows."""

    width: int
    height: int
    orientation: int
    scales: bool
    """Whether the codec can decode it smaller."""

    def factor(self, longer_px: float) -> int:
        """The most to shrink by so that the longer side still has so many pixels."""
        return self.factor_for(max(self.width, self.height) / longer_px)

    def factor_for(self, most: float) -> int:
        """The most to shrink by, not above `most`."""
        if not self.scales:
            return 1
        return max((factor for factor in FACTORS if factor <= most), default=1)


@dataclass(frozen=True, kw_only=True)
class Reduced:
    """A picture of which one pixel is `factor` × `factor` of the original's."""

    rgb: Pixels
    factor: int
    left_px: int = 0
    top_px: int = 0
    """Where its first column and row begin in the original: before it, if the side that the codec
    fills up to whole pixels is turned to the front."""

    def full(self, box: Box) -> Box:
        """A box in it as one of the original."""
        return Box(
            x=box.x * self.factor + self.left_px,
            y=box.y * self.factor + self.top_px,
            width=box.width * self.factor,
            height=box.height * self.factor,
            score=box.score,
        )

    def reduced(self, box: Box) -> Box:
        """A box of the original as one in it."""
        return Box(
            x=(box.x - self.left_px) / self.factor,
            y=(box.y - self.top_px) / self.factor,
            width=box.width / self.factor,
            height=box.height / self.factor,
            score=box.score,
        )


def read_header(content: bytes, name: str) -> Header | None:
    """Nothing where only decoding can tell; too large a picture is refused."""
    refuse_huge(content, name)
    # Pillow warns of much that OpenCV reads all the same.
    with warnings.catch_warnings(action="ignore"):
        try:
            with Image.open(BytesIO(content)) as header:
                width, height = header.size
                scales = header.format in ("JPEG", "MPO")
                # Pillow's `getexif` takes what XMP says, too, by which OpenCV does not turn.
                exif = Image.Exif()
                exif.load(header.info.get("exif", b"") if scales else b"")
                orientation = exif.get(_ORIENTATION, 1)
        except (OSError, ValueError, RuntimeError, SyntaxError, struct.error):
            return None
    if orientation in _TURNED:
        width, height = height, width
    return Header(width=width, height=height, orientation=orientation, scales=scales)


def decode_reduced(content: bytes, name: str, header: Header | None, factor: int) -> Reduced:
    """RGB, upright by EXIF as `decode_picture` gives it, and smaller by `factor`."""
    if header is None or factor == 1:
        return Reduced(rgb=decode_picture(content, name), factor=1)
    try:
        bgr = cv2.imdecode(np.frombuffer(content, np.uint8), _FLAGS[factor])
    except cv2.error as error:
        raise InputError(f"{name}: cannot be decoded ({error.err})") from error
    if bgr is None:
        # The words for what is wrong with it are there.
        return Reduced(rgb=decode_picture(content, name), factor=1)
    height, width = bgr.shape[:2]
    from_right = header.orientation in _FROM_RIGHT
    from_below = header.orientation in _FROM_BELOW
    return Reduced(
        rgb=np.asarray(bgr, np.uint8)[..., ::-1],  # a view: most of it nobody looks at
        factor=factor,
        left_px=header.width - width * factor if from_right else 0,
        top_px=header.height - height * factor if from_below else 0,
    )
