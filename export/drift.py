"""How far one link's answers lie from the net's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.contract import Contract
from train.familiarity import familiarity, unfamiliar
from train.inputs import probabilities

Outputs = npt.NDArray[np.float32]
_WORST = 8
_FAR = 1e9  # JSON has no infinity


@dataclass(frozen=True, kw_only=True)
class HeadDrift:
    """What one link did to one head's answers."""

    head: str
    max_relative: float
    """The largest difference of an output, relative to the head's largest output of the net."""
    flips: float
    """Share of inputs on which the best label is another one, or the face unfamiliar to only one of
    the two."""
    mean_kl: float
    """Of the calibrated probabilities, from the net's to the link's."""


@dataclass(frozen=True, kw_only=True)
class Drift:
    """What one link did to the same inputs."""

    count: int
    max_relative: float
    """Of the head that moved furthest, by its own measure."""
    flips: float
    """Share of inputs on which any head turned."""
    mean_kl: float
    """Of the worst head."""
    worst: tuple[int, ...]
    """The inputs that moved most, the worst first."""
    heads: tuple[HeadDrift, ...] = ()


def drift(reference: Outputs, measured: Outputs, contract: Contract) -> Drift:
    """Compare outputs [N, K] with the net's own."""
    if measured.shape != reference.shape or not np.isfinite(measured).all():
        return _hopeless(len(reference), contract)
    before, after = probabilities(reference, contract), probabilities(measured, contract)
    turned = _turned(before, after) | _otherwise_familiar(reference, measured, contract)
    heads = tuple(
        HeadDrift(
            head=head.name,
            max_relative=relative(reference[:, columns], measured[:, columns]),
            flips=float(turned[i].mean()),
            mean_kl=_mean_kl(before[i], after[i]),
        )
        for i, (head, columns) in enumerate(contract.head_slices())
    )
    by_input = np.abs(measured.astype(np.float64) - reference).max(axis=1)
    return Drift(
        count=len(reference),
        max_relative=max(head.max_relative for head in heads),
        flips=float(turned.any(axis=0).mean()),
        mean_kl=max(head.mean_kl for head in heads),
        worst=tuple(int(i) for i in np.argsort(-by_input, kind="stable")[:_WORST]),
        heads=heads,
    )


def relative(reference: npt.NDArray[np.floating], measured: npt.NDArray[np.floating]) -> float:
    """The largest difference of two arrays, relative to the largest value of the first."""
    if measured.shape != reference.shape or not np.isfinite(measured).all():
        return _FAR
    apart = np.abs(measured.astype(np.float64) - reference)
    return float(apart.max() / max(float(np.abs(reference).max()), 1e-12))


def _turned(
    before: Sequence[npt.NDArray[np.float64]], after: Sequence[npt.NDArray[np.float64]]
) -> npt.NDArray[np.bool_]:
    """Of each head [heads, N]."""
    pairs = zip(before, after, strict=True)
    return np.array([p.argmax(1) != q.argmax(1) for p, q in pairs])


def _otherwise_familiar(
    reference: Outputs, measured: Outputs, contract: Contract
) -> npt.NDArray[np.bool_]:
    before, after = (familiarity(outputs, contract) for outputs in (reference, measured))
    heads = zip(contract.heads, before, after, strict=True)
    return np.array([unfamiliar(head, p) != unfamiliar(head, q) for head, p, q in heads])


def _mean_kl(p: npt.NDArray[np.float64], q: npt.NDArray[np.float64]) -> float:
    p, q = np.maximum(p, 1e-12), np.maximum(q, 1e-12)
    return max(0.0, float((p * np.log(p / q)).sum(axis=1).mean()))


def _hopeless(count: int, contract: Contract) -> Drift:
    """Outputs of another shape, or not numbers: as far apart as can be."""
    heads = tuple(
        HeadDrift(head=head.name, max_relative=_FAR, flips=1.0, mean_kl=_FAR)
        for head in contract.heads
    )
    return Drift(count=count, max_relative=_FAR, flips=1.0, mean_kl=_FAR, worst=(), heads=heads)
