"""Two clips that cannot be compared."""

from __future__ import annotations

from face_detect.command import InputError


class ScoreError(InputError):
    """Two clips that cannot be compared."""
