"""How far a net's passes disagree where it is right."""

from __future__ import annotations

import numpy as np

from train.evaluate import Indices
from train.uncertainty.uncertainty import Uncertainty

SHARE = 0.95
_LEAST = 20
"""Of fewer answers a share says nothing; then all right ones count, sure or not."""


def usual_doubt(known: Uncertainty, truth: Indices, sure: float) -> float:
    """The mutual information that this share of right and sure answers stays below.

    A net that drops little never disagrees with itself much, so no number fits all nets.
    """
    right = known.mean.argmax(axis=1) == truth
    counted = right & (known.mean.max(axis=1) >= sure)
    if counted.sum() < _LEAST:
        counted = right
    return float(np.quantile(known.information[counted], SHARE)) if counted.any() else 0.0
