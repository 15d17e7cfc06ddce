"""How well one number tells two kinds of pictures apart."""

from __future__ import annotations

import numpy as np

from train.familiarity import Energies


def auroc(known: Energies, strange: Energies) -> float:
    """The chance that a known one has the higher number; equal ones count half."""
    both = np.concatenate([known, strange])
    _, place, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    most = len(known) * len(strange)
    return float((ranks[: len(known)].sum() - len(known) * (len(known) + 1) / 2) / most)
