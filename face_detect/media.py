"""Pictures and video files as RGB pixels."""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from face_detect.command import InputError
from face_detect.crop import Pixels

PICTURES = (
    ".avif",
    ".bmp",
    ".gif",
    ".jpeg",
    ".jpg",
    ".pgm",
    ".png",
    ".ppm",
    ".tif",
    ".tiff",
    ".webp",
)
# How JPEG, PNG, GIF, BMP, both TIFFs and WebP begin.
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
VIDEOS = (".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ogv", ".webm", ".wmv", ".y4m")
MOST_PIXELS = 100_000_000
"""A decoded picture of so many takes 0.3 GB; hardly a camera makes one."""
# A rate beyond is a container's ticks, not frames.
_FASTEST_HZ = 1000.0


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A picture; one of a video has an index and a time."""

    rgb: Pixels
    index: int | None = None
    time_s: float | None = None


def is_video(path: Path) -> bool:
    return path.suffix.lower() in VIDEOS


def is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURES


def find_media(folder: Path) -> list[Path]:
    """Every picture and video below `folder`, by name, in an order that does not change."""
    return sorted(
        path
        for path in folder.rglob("*")
        if (is_picture(path) or is_video(path)) and path.is_file()
    )


def read_media(path: Path, every: int = 1) -> Iterator[Frame]:
    """Every `every`th frame of a video, or the one picture that any other file should be."""
    if is_video(path):
        yield from read_frames(path, every)
    else:
        yield Frame(rgb=read_picture(path))


def read_picture(path: Path) -> Pixels:
    """A picture file as RGB."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    return decode_picture(content, str(path))


def decode_picture(content: bytes, name: str) -> Pixels:
    """RGB, turned as its EXIF orientation says; grey becomes RGB, and transparency is dropped."""
    if not content:
        raise InputError(f"{name}: is empty")
    refuse_huge(content, name)
    encoded = np.frombuffer(content, np.uint8)
    try:
        bgr = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise InputError(f"{name}: cannot be decoded ({error.err})") from error
    if bgr is None:
        raise InputError(f"{name}: {_complaint(encoded)}")
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)


def refuse_huge(content: bytes, name: str) -> None:
    """Refuse what a few bytes would blow up to: by its header, for decoding takes the memory."""
    # Pillow warns of sizes that are fine here, and of much that OpenCV reads all the same.
    with warnings.catch_warnings(action="ignore"):
        try:
            with Image.open(BytesIO(content)) as header:
                width, height = header.size
        except Image.DecompressionBombError as error:
            allowed = f"more than {MOST_PIXELS // 10**6} megapixels"
            raise InputError(f"{name}: is too large ({allowed})") from error
        except (OSError, ValueError, RuntimeError, SyntaxError):
            return
    if width * height > MOST_PIXELS:
        allowed = f"at most {MOST_PIXELS // 10**6} megapixels"
        raise InputError(f"{name}: is too large ({width}×{height}; {allowed})")


def read_frames(path: Path, every: int = 1) -> Iterator[Frame]:
    """Each `every`th frame of a video, from the first."""
    if not path.is_file():
        raise InputError(f"{path}: is not a file")
    capture = open_video(path)
    try:
        if not capture.isOpened():
            raise InputError(f"{path}: is not a video that can be read")
        yield from _frames(path, capture, every)
    finally:
        capture.release()


def open_video(path: Path) -> cv2.VideoCapture:
    """OpenCV's reader of a file, whatever its name: one that is not Unicode ends OpenCV unless it
    comes as bytes, and FFmpeg takes what stands before a colon for a protocol."""
    name: Any = os.fsencode(path.absolute())
    return cv2.VideoCapture(name, cv2.CAP_FFMPEG)


def count_frames(path: Path) -> int | None:
    """How many the file says that it holds, which may be a little off; None if it does not."""
    capture = open_video(path)
    count = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
    capture.release()
    return count if 0 < count < 2**31 else None


def _frames(path: Path, capture: cv2.VideoCapture, every: int) -> Iterator[Frame]:
    index, decoded_any = 0, False
    time_s = -math.inf
    while capture.grab():
        time_s = _next_time(path, capture, time_s)
        if index % every == 0:
            decoded, bgr = capture.retrieve()
            if decoded:
                decoded_any = True
                rgb = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
                yield Frame(index=index, time_s=time_s, rgb=rgb)
        index += 1
    if not decoded_any:
        raise InputError(f"{path}: holds no frame that can be decoded")


def _next_time(path: Path, capture: cv2.VideoCapture, before_s: float) -> float:
    """The frame's own time; one that does not rise, as in a raw stream, by the frame rate."""
    time_s = round(capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, 6)
    if time_s > before_s:
        return time_s
    rate_hz = capture.get(cv2.CAP_PROP_FPS)
    if not 0 < rate_hz <= _FASTEST_HZ:
        raise InputError(f"{path}: its frames carry no usable times; convert it to MP4")
    return round(before_s + 1 / rate_hz, 6)


def _complaint(encoded: npt.NDArray[np.uint8]) -> str:
    known = any(encoded.tobytes().startswith(magic) for magic in _MAGIC)
    if known:
        return f"is damaged or cut short ({encoded.size} bytes)"
    return "is not a picture that can be read"
