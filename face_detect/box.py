"""Where a face is, in a picture's own pixels."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle in pixels; its top left corner (`x`, `y`) may lie outside the picture."""

    x: float
    y: float
    width: float
    height: float
    score: float = 1.0

    def iou(self, other: Box) -> float:
        """Intersection over union with another box."""
        overlap_x = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        overlap_y = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        if overlap_x <= 0 or overlap_y <= 0:
            return 0.0
        shared = overlap_x * overlap_y
        return shared / (self.width * self.height + other.width * other.height - shared)
