"""How far one link's answers lie from the net's own."""

from __future__ import annotations

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
class Drift:
    """What one link did to the same inputs."""

    count: int
    max_relative: float
    """The largest difference of an output, relative to the largest output of the net."""
    flips: float
    """Share of inputs on which a head's best label is another one, or its face unfamiliar to only
    one of the two."""
    mean_kl: float
    """Of the calibrated probabilities, from the net's to the link's; of the worst head."""
    worst: tuple[int, ...]
    """The inputs that moved most, the worst first."""


def drift(reference: Outputs, measured: Outputs, contract: Contract) -> Drift:
    """Compare outputs [N, K] with the net's own."""
    if measured.shape != reference.shape or not np.isfinite(measured).all():
        return _hopeless(len(reference))
    apart = np.abs(measured.astype(np.float64) - reference)
    before, after = probabilities(reference, contract), probabilities(measured, contract)
    pairs = list(zip(before, after, strict=True))
    flipped = np.any([p.argmax(1) != q.argmax(1) for p, q in pairs], axis=0)
    flipped |= _otherwise_familiar(reference, measured, contract)
    by_input = apart.max(axis=1)
    return Drift(
        count=len(reference),
        max_relative=relative(reference, measured),
        flips=float(flipped.mean()),
        mean_kl=max(_mean_kl(p, q) for p, q in pairs),
        worst=tuple(int(i) for i in np.argsort(-by_input, kind="stable")[:_WORST]),
    )


def _otherwise_familiar(
    reference: Outputs, measured: Outputs, contract: Contract
) -> npt.NDArray[np.bool_]:
    before, after = (familiarity(outputs, contract) for outputs in (reference, measured))
    heads = zip(contract.heads, before, after, strict=True)
    moved = [unfamiliar(head, p) != unfamiliar(head, q) for head, p, q in heads]
    found: npt.NDArray[np.bool_] = np.any(moved, axis=0)
    return found


def relative(reference: npt.NDArray[np.floating], measured: npt.NDArray[np.floating]) -> float:
    """The largest difference of two arrays, relative to the largest value of the first."""
    if measured.shape != reference.shape or not np.isfinite(measured).all():
        return _FAR
    apart = np.abs(measured.astype(np.float64) - reference)
    return float(apart.max() / max(float(np.abs(reference).max()), 1e-12))


def _mean_kl(p: npt.NDArray[np.float64], q: npt.NDArray[np.float64]) -> float:
    p, q = np.maximum(p, 1e-12), np.maximum(q, 1e-12)
    return max(0.0, float((p * np.log(p / q)).sum(axis=1).mean()))


def _hopeless(count: int) -> Drift:
    """Outputs of another shape, or not numbers: as far apart as can be."""
    return Drift(count=count, max_relative=_FAR, flips=1.0, mean_kl=_FAR, worst=())
