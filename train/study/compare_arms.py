"""Whether two arms differ by more than chance, in pictures and in seeds alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from train.evaluate import Indices
from train.study.student import t_chance

Verdict = Literal["better", "worse", "no difference seen", "not compared"]
CHANCE = 0.05
"""How often one of a study's equal arms may be called different; Holm's steps share it out."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The first arm against the second."""

    first: str
    second: str
    difference: float | None
    """In macro recall on the validation pictures, averaged over the seeds that both have."""
    p: float | None
    adjusted: float | None = None
    """`p` by Holm's correction for all comparisons that were made beside this one."""
    verdict: Verdict = "not compared"
    note: str = ""


def difference(first: Floats, second: Floats, truth: Indices) -> tuple[float, float]:
    """How much more of each class the first gets right, on average, and its chance without cause.

    Hits [seeds, pictures] are weighted so that their mean is macro recall. Over the pictures this
    is McNemar's test, for hits that are averaged over seeds: the variance is that of signs turned
    at random. That of the seeds' differences is added, with Satterthwaite's degrees of freedom:
    Clark's min F' (1973), which takes pictures and seeds both as drawn and errs to the safe side.
    """
    seeds, pictures = first.shape
    weighted = (first - second) * _weights(truth)
    by_picture, by_seed = weighted.mean(0), weighted.mean(1)
    found = float(weighted.mean())
    of_pictures = float((by_picture**2).sum()) / pictures**2
    if not of_pictures:
        return found, 1.0
    of_seeds = float(by_seed.var(ddof=1)) / seeds if seeds > 1 else 0.0
    differing = int((by_picture != 0).sum())
    freedom = of_pictures**2 / differing + of_seeds**2 / max(1, seeds - 1)
    variance = of_pictures + of_seeds
    return found, t_chance(found / math.sqrt(variance), variance**2 / freedom)


def _weights(truth: Indices) -> Floats:
    counts = np.bincount(truth)
    weights: Floats = len(truth) / ((counts > 0).sum() * counts[truth])
    return weights


def holm(chances: Sequence[float]) -> list[float]:
    """Holm's correction: the chance that any of the comparisons so far would look like this."""
    adjusted, most = [0.0] * len(chances), 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda i: chances[i])):
        most = max(most, min(1.0, chances[place] * (len(chances) - rank)))
        adjusted[place] = most
    return adjusted


def verdict(difference: float, adjusted: float) -> Verdict:
    """In words."""
    if adjusted >= CHANCE:
        return "no difference seen"
    return "better" if difference > 0 else "worse"
