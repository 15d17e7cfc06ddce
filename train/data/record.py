"""One labelled picture, whatever dataset it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels


@dataclass(frozen=True, kw_only=True)
class Record:
    """A picture that is read when asked for, and what is known about it."""

    name: str
    labels: Mapping[str, str]
    """Head name to label."""
    read: Callable[[], bytes]
    subject: str | None = None
    box: Box | None = None

    def picture(self) -> Pixels:
        """The decoded picture, RGB."""
        try:
            data = np.frombuffer(self.read(), np.uint8)
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read ({error.strerror})") from error
        bgr = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
        if bgr is None:
            raise InputError(f"{self.name}: is not a picture that can be decoded")
        rgb: Pixels = np.ascontiguousarray(bgr[..., ::-1], dtype=np.uint8)
        return rgb
