"""OpenCV's Haar cascade for frontal faces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import cv2.data

from face_detect.box import Box
from face_detect.command import MachineError
from face_detect.crop import Pixels, Rect, sample

CASCADE = "haarcascade_frontalface_default.xml"


class HaarDetector:
    """Needs no weights of ours. A box's score is the cascade's last sum, not a probability."""

    name = "haar"

    def __init__(
        self, *, scale_step: float = 1.1, neighbours: int = 5, smallest_px: int = 24
    ) -> None:
        path = Path(cv2.data.haarcascades) / CASCADE
        self.scale_step = scale_step
        self.neighbours = neighbours
        self.smallest_px = smallest_px
        self.cascade = cv2.CascadeClassifier(str(path))
        if self.cascade.empty():
            raise MachineError(f"{path}: OpenCV cannot load its own cascade")

    def detect(self, rgb: Pixels) -> list[Box]:
        luma = cv2.equalizeHist(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
        rectangles, _, sums = self.cascade.detectMultiScale3(
            luma,
            scaleFactor=self.scale_step,
            minNeighbors=self.neighbours,
            minSize=(self.smallest_px, self.smallest_px),
            outputRejectLevels=True,
        )
        boxes = [
            Box(x=float(x), y=float(y), width=float(width), height=float(height), score=float(sum_))
            for (x, y, width, height), sum_ in zip(rectangles, sums, strict=True)
        ]
        return sorted(boxes, key=lambda box: -box.score)

    def near(self, rgb: Pixels, rect: Rect) -> list[Box]:
        """The faces in a square of the picture, in the picture's pixels."""
        found = self.detect(sample(rgb, rect, rect.side, "black"))
        return [replace(box, x=box.x + rect.x, y=box.y + rect.y) for box in found]
