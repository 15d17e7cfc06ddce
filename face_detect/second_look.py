"""Look at a found face again, always at the same scale.

The Tiny Face Detector's boxes depend on how large the face is in its input: of a small one it
frames hair and shoulders too. A classifier wants one framing, so each face gets a second look that
shows it in half of the input, as the page's tracker does from frame to frame.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from face_detect.box import Box
from face_detect.crop import Rect, round_half_up

SAME_FACE_IOU = 0.3
TWICE_IOU = 0.4


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """A square around the box that was found, scaled to the detector's input."""

    size: int = 160
    factor: float = 2.0
    """Side of the square, in units of the box's longer side."""

    def rect(self, box: Box) -> Rect:
        """The square, on whole pixels."""
        side = max(1, round_half_up(self.factor * max(box.width, box.height)))
        return Rect(
            x=round_half_up(box.x + box.width / 2 - side / 2),
            y=round_half_up(box.y + box.height / 2 - side / 2),
            side=side,
        )


def look_again(
    boxes: Sequence[Box], look: SecondLook, near: Callable[[Rect], list[Box]]
) -> list[Box]:
    """Each box as `near` sees it in its square; a face that comes twice, once.

    Where the second look sees only other faces, the first was mistaken; where it sees none, the
    first is believed. The most certain comes first.
    """
    kept: list[Box] = []
    for box in boxes:
        better = max(near(look.rect(box)), key=box.iou, default=box)
        confirmed = better.iou(box) >= SAME_FACE_IOU
        if confirmed and all(better.iou(other) <= TWICE_IOU for other in kept):
            kept.append(better)
    return sorted(kept, key=lambda box: -box.score)
