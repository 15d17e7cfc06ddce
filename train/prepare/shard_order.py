"""In which order portions follow one another in the shards."""

from __future__ import annotations

import numpy as np


def shard_order(portions: int, seed: int) -> list[int]:
    """Drawn by the seed: datasets lie sorted by label or by person, and a shard should be like the
    whole. Within a portion pictures stay beside their neighbours, who lie in the same zip."""
    order: list[int] = np.random.default_rng(seed).permutation(portions).tolist()
    return order
