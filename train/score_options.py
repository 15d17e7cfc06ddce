"""How closely two clips are held against each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ScoreOptions:
    rate_hz: int = 30
    """Both clips are compared at so many samples a second."""
    max_offset_s: float = 1.0
    band_s: float = 0.5
    """How early or late a moment may be, beyond the offset, without loss; 0 for none."""
