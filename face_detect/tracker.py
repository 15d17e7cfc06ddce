"""Follow one face through a film; `web/src/core/tracker.ts` is the same rule, for several too."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from face_detect.box import Box
from face_detect.crop import Pixels, Rect
from face_detect.second_look import SAME_FACE_IOU, SecondLook, look_again
from face_detect.smooth import Smoother

WHOLE_EVERY_MS = 1000.0
BOX_CONSTANT_MS = 60.0

Whole = Callable[[Pixels], list[Box]]
Near = Callable[[Pixels, Rect], list[Box]]


@dataclass(frozen=True, kw_only=True)
class Track:
    """Where the followed face is."""

    box: Box
    fresh: bool
    """Not the face that was followed before."""


class Tracker:
    """Looks at the whole frame at the start, on a loss and about once a second, else near the box.

    `whole` finds faces in a frame, `near` in a square of it, the most certain first.
    """

    def __init__(self, *, whole: Whole, near: Near, look: SecondLook) -> None:
        self._whole, self._near, self._look = whole, near, look
        self._face: Box | None = None
        self._whole_ms = -math.inf
        self._smoother = Smoother(BOX_CONSTANT_MS)

    def follow(self, rgb: Pixels, now_ms: float) -> Track | None:
        """Which face is followed in this frame, and where it is."""
        before = self._face
        if before and not self._due(now_ms):
            seen = self._beside(before, rgb)
            if seen:
                return self._take(seen, False, now_ms)
        self._whole_ms = now_ms
        boxes = self._whole(rgb)
        same = self._again(before, boxes, rgb) if before else None
        return self._take(same or self._first(boxes, rgb), same is None, now_ms)

    def reset(self) -> None:
        """Forget the face that was followed."""
        self._face = None
        self._whole_ms = -math.inf
        self._smoother.reset()

    def _due(self, now_ms: float) -> bool:
        return now_ms - self._whole_ms >= WHOLE_EVERY_MS or now_ms < self._whole_ms

    def _again(self, before: Box, boxes: Sequence[Box], rgb: Pixels) -> Box | None:
        """A far face may show only to the nearer look: it is not given up before that."""
        seen = closest(before, boxes)
        return self._first([seen], rgb) if seen else self._beside(before, rgb)

    def _beside(self, face: Box, rgb: Pixels) -> Box | None:
        return closest(face, self._near(rgb, self._look.rect(face)))

    def _first(self, boxes: Sequence[Box], rgb: Pixels) -> Box | None:
        """The first that a second look confirms, as that look sees it."""
        for box in boxes:
            better = look_again([box], self._look, partial(self._near, rgb))
            if better:
                return better[0]
        return None

    def _take(self, box: Box | None, fresh: bool, now_ms: float) -> Track | None:
        if fresh:
            self._smoother.reset()
        self._face = self._smoothed(box, now_ms) if box else None
        return Track(box=self._face, fresh=fresh) if self._face else None

    def _smoothed(self, box: Box, now_ms: float) -> Box:
        values = self._smoother.next([box.x, box.y, box.width, box.height], now_ms)
        x, y, width, height = values
        return Box(x=x, y=y, width=width, height=height, score=box.score)


def closest(face: Box, boxes: Sequence[Box]) -> Box | None:
    """The box that overlaps most with `face`, so that two people do not take turns."""
    best = max(boxes, key=face.iou, default=None)
    return best if best and face.iou(best) >= SAME_FACE_IOU else None
