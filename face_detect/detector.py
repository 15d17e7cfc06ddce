"""What every face detector can do."""

from __future__ import annotations

from typing import Protocol

from face_detect.box import Box
from face_detect.crop import Pixels


class Detector(Protocol):
    """Finds faces in an RGB picture; the most certain comes first."""

    @property
    def name(self) -> str: ...

    def detect(self, rgb: Pixels) -> list[Box]: ...
