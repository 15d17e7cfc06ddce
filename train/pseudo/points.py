"""A difference of two shares, as it is told."""

from __future__ import annotations


def points(difference: float) -> str:
    """In points, with a sign, and without one that rounding left."""
    return f"{round(100 * difference, 1) + 0.0:+.1f}"
