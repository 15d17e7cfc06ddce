"""What a model says to stills that sway for some seconds, asked once and kept in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from torch import nn

from face_detect.crop import Pixels
from train.ask import ask
from train.contract import Contract, Head
from train.inputs import probabilities
from train.sequence.sway import CAMERA_HZ, sway

TAKE_S = 3
_STILLS = 16
"""So many stills at once: their frames are held in memory only until the model has answered."""


@dataclass(frozen=True, kw_only=True)
class Takes:
    """One take a still, CAMERA_HZ frames a second."""

    said: npt.NDArray[np.float32]
    """The head's calibrated probabilities [stills, frames, labels]."""
    truth: npt.NDArray[np.intp]
    """Which label each still has."""


def takes(
    net: nn.Module,
    contract: Contract,
    head: Head,
    crops: Pixels,
    truth: npt.NDArray[np.intp],
    *,
    seed: int,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Takes:
    """Let each RGB crop [N, S, S, 3] sway for TAKE_S and ask the model about every frame."""
    random = np.random.default_rng(seed)
    frames, column = TAKE_S * CAMERA_HZ, contract.heads.index(head)
    said = np.empty((len(crops), frames, len(head.labels)), np.float32)
    for start in range(0, len(crops), _STILLS):
        shown = np.concatenate([sway(crop, frames, random) for crop in crops[start:][:_STILLS]])
        answers = probabilities(ask(net, contract, shown), contract)[column]
        said[start : start + _STILLS] = answers.reshape(-1, frames, len(head.labels))
        on_step(min(start + _STILLS, len(crops)), len(crops))
    return Takes(said=said, truth=truth)
