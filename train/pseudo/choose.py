"""Which faces a net is sure enough about to learn from its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.evaluate import Indices
from train.pseudo.caps import caps
from train.uncertainty.uncertainty import Uncertainty


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Faces by their places, the surest first."""

    taken: Indices
    labels: Indices
    """What the net says of each face, of all N."""
    spread: npt.NDArray[np.float64]
    """Of that label's probability between passes, the standard deviation, of all N."""
    doubted: Indices
    """Sure by their probability, and refused because passes disagree."""
    over: Indices
    """Sure, and left out by a label's cap."""
    caps: tuple[int, ...]
    information: float
    """Up to so much was trusted."""

    def counts(self, places: Indices) -> list[int]:
        """How many of these places have each label."""
        found: list[int] = np.bincount(self.labels[places], minlength=len(self.caps)).tolist()
        return found


def choose(
    found: Uncertainty,
    labels: Sequence[str],
    *,
    sure: float,
    information: float,
    cap: str,
) -> Chosen:
    """By probability, then by mutual information, then by cap."""
    said = found.mean.argmax(axis=1)
    likely = found.mean.max(axis=1) >= sure
    certain = likely & (found.information <= information)
    order = np.lexsort((-found.mean.max(axis=1), found.information))
    ranked = order[certain[order]]
    most = caps(cap, labels, np.bincount(said[ranked], minlength=len(labels)).tolist())
    places = np.zeros(len(said), np.intp)
    for label in range(len(labels)):
        own = ranked[said[ranked] == label]
        places[own] = np.arange(len(own))
    within = places[ranked] < np.array(most)[said[ranked]]
    return Chosen(
        taken=ranked[within],
        labels=said,
        spread=np.sqrt(found.variance[np.arange(len(said)), said]),
        doubted=order[(likely & ~certain)[order]][::-1],
        over=ranked[~within],
        caps=tuple(most),
        information=information,
    )
