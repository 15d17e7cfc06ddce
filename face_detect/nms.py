"""One box a face."""

from __future__ import annotations

from collections.abc import Iterable

from face_detect.box import Box


def nms(boxes: Iterable[Box], overlap: float) -> list[Box]:
    """The best boxes, most certain first, none over another by an IoU of more than `overlap`."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: -box.score):
        if all(box.iou(other) <= overlap for other in kept):
            kept.append(box)
    return kept
