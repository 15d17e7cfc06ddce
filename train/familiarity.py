"""How much a face is like those that a net has learned from: the energy of its raw outputs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from train.contract import Contract, Head

Energies = npt.NDArray[np.float64]


def familiarity(outputs: npt.NDArray[np.floating], contract: Contract) -> list[Energies]:
    """Each head's energy, logsumexp of its raw logits [N, K]; higher is more familiar.

    Of what a net gives anyway it tells strange pictures best (https://arxiv.org/abs/2010.03759).
    The temperature has no part in it. Without logits there is none: it is always nought.
    """
    return [energy(outputs[:, columns]) for _, columns in contract.head_slices()]


def energy(logits: npt.NDArray[np.floating]) -> Energies:
    """logsumexp of [N, K]."""
    values = logits.astype(np.float64)
    highest = values.max(axis=1, keepdims=True)
    sums: Energies = np.log(np.exp(values - highest).sum(axis=1))
    energies: Energies = highest[:, 0] + sums
    return energies


def unfamiliar(head: Head, energies: Energies) -> npt.NDArray[np.bool_]:
    """Which faces the page shows as unfamiliar."""
    if head.familiar_above is None:
        return np.zeros(len(energies), np.bool_)
    strange: npt.NDArray[np.bool_] = energies <= head.familiar_above
    return strange
