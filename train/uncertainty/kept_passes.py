"""A net's answers, kept in a file: no question is asked twice."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from torch import nn

from face_detect.crop import Pixels
from train.aside import replacing
from train.ask import ask
from train.contract import Contract
from train.records import fingerprint
from train.uncertainty.mc_passes import mc_passes

Outputs = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Passes:
    """Raw outputs for N pictures."""

    single: Outputs
    """[N, columns], with dropout off."""
    votes: Outputs
    """[P, N, columns], with dropout on."""


def kept_passes(
    folder: Path,
    net: nn.Module,
    contract: Contract,
    crops: Pixels,
    *,
    weights: str,
    passes: int,
    seed: int = 0,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Passes:
    """From `folder` what was asked before, of the same weights about the same crops; the rest anew.

    `weights` tells the net's from others, as `weights_digest` does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{_key(weights, contract, crops, seed)}.npz"
    known = _read(file)
    if known is None:
        single = ask(net, contract, crops)
        known = Passes(single=single, votes=np.empty((0, *single.shape), np.float32))
    if len(known.votes) < passes or not file.exists():
        missing = range(len(known.votes), passes)
        more = mc_passes(net, contract, crops, passes=missing, seed=seed, on_step=on_step)
        known = dataclasses.replace(known, votes=np.concatenate([known.votes, more]))
        _write(file, known)
    return dataclasses.replace(known, votes=known.votes[:passes])


def _key(weights: str, contract: Contract, crops: Pixels, seed: int) -> str:
    asked = {
        "net": contract.net,
        "input": contract.input,
        "weights": weights,
        "crops": hashlib.sha256(np.ascontiguousarray(crops).data).hexdigest(),
        "seed": seed,
    }
    return fingerprint(asked)[:24]


def _read(file: Path) -> Passes | None:
    if not file.exists():
        return None
    with np.load(file) as found:
        return Passes(single=found["single"], votes=found["votes"])


def _write(file: Path, passes: Passes) -> None:
    with replacing(file) as stream:
        np.savez(stream, single=passes.single, votes=passes.votes)
