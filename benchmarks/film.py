"""A picture as a film, in the forms in which Chromium takes one: as its camera, and as a clip."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np

from face_detect.crop import Pixels

WIDTH, HEIGHT, RATE_HZ = 640, 480, 30
ROOM = 1.25
"""How much larger than a frame the picture is made, for the camera to sway in ..."""
SWAY_PX = (50, 25)
"""... so far across and down."""


def swaying(picture: Pixels, frames: int) -> Iterator[Pixels]:
    """The picture before a camera that sways once and comes back to where it began."""
    height, width = picture.shape[:2]
    scale = ROOM * max(WIDTH / width, HEIGHT / height)
    size = (math.ceil(width * scale), math.ceil(height * scale))
    large = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC)
    middle = ((size[0] - WIDTH) / 2, (size[1] - HEIGHT) / 2)
    for number in range(frames):
        part = number / frames * 2 * math.pi
        left = round(middle[0] + SWAY_PX[0] * math.sin(part))
        top = round(middle[1] + SWAY_PX[1] * math.cos(part))
        frame = large[top : top + HEIGHT, left : left + WIDTH]
        yield np.ascontiguousarray(frame, dtype=np.uint8)


def write_camera(path: Path, frames: Iterable[Pixels]) -> None:
    """Frames of 640 × 480 as Chromium's fake camera takes them; it shows them round and round."""
    with path.open("wb") as file:
        header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE_HZ}:1 Ip A1:1 C420jpeg\n"
        file.write(header.encode())
        for frame in frames:
            file.write(b"FRAME\n" + cv2.cvtColor(frame, cv2.COLOR_RGB2YUV_I420).tobytes())


def write_clip(path: Path, frames: Iterable[Pixels]) -> None:
    """The same as a WebM that every build of Chromium plays."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"VP80"), RATE_HZ, (WIDTH, HEIGHT))
    for frame in frames:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    writer.release()


def camera_flags(clip: Path) -> tuple[str, ...]:
    """Chromium's flags for a camera that shows this clip and that nobody has to allow."""
    return (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={clip}",
    )
