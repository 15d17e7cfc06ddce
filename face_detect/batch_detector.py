"""Faces of many pictures at once, for work that has them at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from face_detect.batch_net import BatchNet
from face_detect.box import Box
from face_detect.crop import Pixels, Rect
from face_detect.decode import decode
from face_detect.detector import Detector
from face_detect.letterbox import Letterbox, letterbox, letterbox_square
from face_detect.nms import nms
from face_detect.second_look import SecondLook, look_again
from face_detect.tiny import OVERLAP, TinyDetector

Place = tuple[int, Rect]
"""A square of one of the pictures, by the picture's number."""


class BatchDetector(Protocol):
    """A detector that takes many pictures, too."""

    def detect_batch(self, pictures: Sequence[Pixels]) -> list[list[Box]]:
        """What `detect` finds in each."""
        ...

    def near_batch(self, pictures: Sequence[Pixels], known: Sequence[Box]) -> list[list[Box]]:
        """What is seen in each by a second look at a box that is known."""
        ...


def batch_detector(detector: Detector) -> BatchDetector:
    """The same detector for many pictures; one that knows no batches looks at one by one."""
    return _TinyBatch(detector) if isinstance(detector, TinyDetector) else _OneByOne(detector)


class _OneByOne:
    def __init__(self, detector: Detector) -> None:
        self._detector = detector

    def detect_batch(self, pictures: Sequence[Pixels]) -> list[list[Box]]:
        return [self._detector.detect(picture) for picture in pictures]

    def near_batch(self, pictures: Sequence[Pixels], known: Sequence[Box]) -> list[list[Box]]:
        return self.detect_batch(pictures)


class _TinyBatch:
    """`TinyDetector.detect`, each of its looks at all pictures together."""

    def __init__(self, tiny: TinyDetector) -> None:
        self._tiny = tiny
        self._net = BatchNet(tiny.net)

    def detect_batch(self, pictures: Sequence[Pixels]) -> list[list[Box]]:
        found = self._find([letterbox(picture, self._tiny.size) for picture in pictures])
        look = self._tiny.second_look
        if look is None:
            return found
        self._fill_empty(found, pictures, look)
        return self._again(found, pictures, look)

    def near_batch(self, pictures: Sequence[Pixels], known: Sequence[Box]) -> list[list[Box]]:
        look = self._tiny.second_look
        if look is None:
            return self.detect_batch(pictures)
        places = [(i, look.rect(box)) for i, box in enumerate(known)]
        return list(self._near(pictures, places, look.size).values())

    def _fill_empty(
        self, found: list[list[Box]], pictures: Sequence[Pixels], look: SecondLook
    ) -> None:
        """Where none was seen, one may fill the picture: `TinyDetector.search`."""
        places = []
        for i, picture in enumerate(pictures):
            if not found[i]:
                height, width = picture.shape[:2]
                places.append((i, look.rect(Box(x=0, y=0, width=width, height=height))))
        for (i, _), boxes in self._near(pictures, places, look.size).items():
            found[i] = boxes

    def _again(
        self, found: list[list[Box]], pictures: Sequence[Pixels], look: SecondLook
    ) -> list[list[Box]]:
        places = [(i, look.rect(box)) for i, boxes in enumerate(found) for box in boxes]
        seen = self._near(pictures, places, look.size)
        return [
            look_again(boxes, look, lambda rect, i=i: seen[i, rect])  # type: ignore[misc]
            for i, boxes in enumerate(found)
        ]

    def _near(
        self, pictures: Sequence[Pixels], places: Sequence[Place], size: int
    ) -> dict[Place, list[Box]]:
        """`TinyDetector.near` at every place, each once."""
        places = list(dict.fromkeys(places))
        found = self._find([letterbox_square(pictures[i], rect, size) for i, rect in places])
        return {
            (i, rect): [replace(box, x=box.x + rect.x, y=box.y + rect.y) for box in boxes]
            for (i, rect), boxes in zip(places, found, strict=True)
        }

    def _find(self, boxed: Sequence[Letterbox]) -> list[list[Box]]:
        raws = self._net([each.square for each in boxed])
        return [
            nms(decode(raw, each.extent_px, self._tiny.threshold), OVERLAP)
            for raw, each in zip(raws, boxed, strict=True)
        ]
