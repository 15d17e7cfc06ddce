"""How far a share may be from what a few pictures show."""

from __future__ import annotations

import math

Z95 = 1.959964


def wilson(right: int, total: int, z: float = Z95) -> tuple[float, float]:
    """Wilson's 95% interval of a share; it holds for few pictures and for shares near 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, z2 = right / total, z * z
    centre = share + z2 / (2 * total)
    reach = z * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    scale = 1 + z2 / total
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)
