"""A scene as a telephone's camera would keep it: millions of pixels, their noise, and JPEG."""

from __future__ import annotations

import struct
from collections.abc import Iterator

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
_NOISE = 4.0
"""Standard deviation of the first try, of 255: a telephone's sensor indoors."""
_TRIES = 12
_ORIENTATION = 0x0112
_TURNED = 6
"""EXIF's: shown a quarter turn clockwise."""
_STEPS = 24
"""Of grain for each standard deviation: eight bits hold five of them."""
_STRIP_PX = 256
_Noise = npt.NDArray[np.int8]


def to_photo(
    rgb: Pixels, size: tuple[int, int], random: np.random.Generator, *, turned: bool
) -> bytes:
    """JPEG of `size` (width, height) as it is shown; `turned` keeps it lying, as cameras do.

    A small scene is softer than what a lens sees; the noise gives the codec as much to do. Of large
    pictures it is chosen so that they have 1.5 to 2 MB.
    """
    shown = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    grain = _grain(size, random)
    low, high, strength = 0.0, 0.0, _NOISE
    for _ in range(_TRIES):
        jpeg = _encoded(shown, grain, strength, turned=turned)
        if size[0] * size[1] < LARGE_PX or LEAST_BYTES <= len(jpeg) <= MOST_BYTES:
            return jpeg
        if len(jpeg) < LEAST_BYTES:
            low, strength = strength, (strength + high) / 2 if high else strength * 1.4
        else:
            high, strength = strength, (strength + low) / 2
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


def _grain(size: tuple[int, int], random: np.random.Generator) -> _Noise:
    """Brightness differs from pixel to pixel, colour from one group of four to the next."""
    width, height = size
    grain = np.empty((height, width, 3), np.int8)
    for strip in _strips(height):
        rows = grain[strip].shape[0]
        colour = random.standard_normal((rows // 2 + 1, width // 2 + 1, 3), np.float32)
        noise = cv2.resize(colour, (width, rows), interpolation=cv2.INTER_LINEAR) * 0.4
        noise += random.standard_normal((rows, width, 1), np.float32)
        grain[strip] = (noise * _STEPS).clip(-127, 127)
    return grain


def _encoded(shown: Pixels, grain: _Noise, strength: float, *, turned: bool) -> bytes:
    bgr = np.empty_like(shown)
    for strip in _strips(shown.shape[0]):
        noisy = grain[strip] * np.float32(strength / _STEPS) + shown[strip]
        bgr[strip] = noisy.clip(0, 255)[..., ::-1]
    if turned:
        bgr = np.asarray(cv2.rotate(bgr, cv2.ROTATE_90_COUNTERCLOCKWISE), np.uint8)
    jpeg = bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1])
    return _with_exif(jpeg) if turned else jpeg


def _strips(height: int) -> Iterator[slice]:
    """Real numbers take four times a picture's bytes: only so many rows at a time are some."""
    for begin in range(0, height, _STRIP_PX):
        yield slice(begin, min(height, begin + _STRIP_PX))


def _with_exif(jpeg: bytes) -> bytes:
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED
    said = exif.tobytes()
    place = 4 + struct.unpack(">H", jpeg[4:6])[0]
    return jpeg[:place] + b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said + jpeg[place:]
