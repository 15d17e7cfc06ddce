"""Widths as the MobileNets and EfficientNets count them."""

from __future__ import annotations


def round_width(width: float) -> int:
    """A multiple of 8, never lower by more than a tenth."""
    rounded = max(8, int(width + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * width else rounded
