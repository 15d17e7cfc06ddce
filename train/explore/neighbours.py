"""The pictures most like each picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from train.explore.features import Features

NEIGHBOURS = 20
_BLOCK = 1024


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """One row a picture, nearest first, never the picture itself."""

    places: npt.NDArray[np.int64]
    distances: npt.NDArray[np.float32]


def neighbours(
    features: Features, on_step: Callable[[int, int], None] = lambda done, total: None
) -> Neighbours:
    """The nearest by Euclidean distance, at most `NEIGHBOURS`."""
    count = len(features)
    wanted = min(NEIGHBOURS, max(0, count - 1))
    places = np.zeros((count, wanted), np.int64)
    squares = np.zeros((count, wanted), np.float32)
    all_ = torch.from_numpy(features)
    norms = (all_**2).sum(1)
    for start in range(0, count, _BLOCK):
        block = all_[start : start + _BLOCK]
        found = torch.addmm(norms, block, all_.T, alpha=-2)
        own = torch.arange(len(block))
        found[own, own + start] = torch.inf
        near, where = found.topk(wanted, largest=False)
        stop = start + len(block)
        places[start:stop] = where.numpy()
        squares[start:stop] = (near + norms[start:stop, None]).numpy()
        on_step(stop, count)
    return Neighbours(places=places, distances=np.sqrt(squares.clip(0)))
