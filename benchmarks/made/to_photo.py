"""A scene as a telephone's camera would keep it: millions of pixels, their noise, and JPEG."""

from __future__ import annotations

import struct

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from face_detect.command import MachineError
from face_detect.crop import Pixels

QUALITY = 90
LEAST_BYTES = 1_500_000
"""AI-Hub's pictures have 1.6 MB each."""
MOST_BYTES = 2_000_000
LARGE_PX = 8_000_000
"""From here on a picture has the bytes of a large one."""
_AIM_BYTES = 1_700_000
_NOISE = 4.0
"""Standard deviation of the first try, of 255, where a picture has 8 megapixels: a telephone's
sensor indoors. A larger picture needs less."""
_BYTES_OF_NOISE = 0.042
"""How many more a pixel takes where the noise is stronger by 1, as measured at that quality."""
_TRIES = 12
_ORIENTATION = 0x0112
_TURNED = 6
"""EXIF's: shown a quarter turn clockwise."""
_TILE_PX = 512
_Noise = npt.NDArray[np.float32]


def to_photo(
    rgb: Pixels, size: tuple[int, int], random: np.random.Generator, *, turned: bool
) -> bytes:
    """JPEG of `size` (width, height) as it is shown; `turned` keeps it lying, as cameras do.

    A small scene is softer than what a lens sees; the noise gives the codec as much to do. Of large
    pictures it is chosen so that they have 1.5 to 2 MB.
    """
    shown = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    area = size[0] * size[1]
    grain, strength = _grain(random), _NOISE * min(1.0, LARGE_PX / area)
    for _ in range(_TRIES):
        jpeg = _encoded(shown, grain * strength, turned=turned)
        if area < LARGE_PX or LEAST_BYTES <= len(jpeg) <= MOST_BYTES:
            return jpeg
        strength = max(0.0, strength + (_AIM_BYTES - len(jpeg)) / (_BYTES_OF_NOISE * area))
    raise MachineError(
        f"a picture of {size[0]}×{size[1]} has {len(jpeg)} bytes at quality {QUALITY}, not"
        f" {LEAST_BYTES} to {MOST_BYTES}"
    )


def named(jpeg: bytes, name: str) -> bytes:
    """The same picture with a comment, so that no two files are equal."""
    place = 2
    # After the application's segments, which decoders want first.
    while 0xE0 <= jpeg[place + 1] <= 0xEF:
        place += 2 + struct.unpack(">H", jpeg[place + 2 : place + 4])[0]
    comment = name.encode()
    segment = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment
    return jpeg[:place] + segment + jpeg[place:]


def _grain(random: np.random.Generator) -> _Noise:
    """A square of it: brightness differs from pixel to pixel, colour from four to the next four.

    It repeats all over the picture, which the codec does not notice.
    """
    side = _TILE_PX
    colour = random.standard_normal((side // 2, side // 2, 3), np.float32)
    grain = np.asarray(cv2.resize(colour, (side, side), interpolation=cv2.INTER_LINEAR)) * 0.4
    return np.asarray(grain + random.standard_normal((side, side, 1), np.float32), np.float32)


def _encoded(shown: Pixels, grain: _Noise, *, turned: bool) -> bytes:
    height, width = shown.shape[:2]
    across = np.tile(grain.round().astype(np.int16), (1, -(-width // _TILE_PX), 1))[:, :width]
    bgr = np.empty_like(shown)
    for begin in range(0, height, _TILE_PX):
        rows = shown[begin : begin + _TILE_PX]
        noisy = (rows + across[: rows.shape[0]]).clip(0, 255)
        bgr[begin : begin + _TILE_PX] = noisy[..., ::-1]
    if turned:
        bgr = np.asarray(cv2.rotate(bgr, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    jpeg = bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1])
    return _with_exif(jpeg) if turned else jpeg


def _with_exif(jpeg: bytes) -> bytes:
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED
    said = exif.tobytes()
    place = 4 + struct.unpack(">H", jpeg[4:6])[0]
    return jpeg[:place] + b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said + jpeg[place:]
