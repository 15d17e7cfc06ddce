"""Checkpoints: a run that was stopped at any moment goes on from its last whole epoch."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import Any

import torch

from face_detect.command import InputError
from train.contract import Contract
from train.epoch import Epoch, best_of
from train.fitting import Fitting
from train.options import FitOptions, without_later
from train.samples import Samples

LAST, BEST = "last.pt", "best.pt"


def settings_of(contract: Contract, train: Samples, options: FitOptions) -> str:
    """One hash over all that decides how a run goes on."""
    chosen = dataclasses.asdict(options, dict_factory=without_later)
    settings = json.dumps([chosen, contract.to_json()], sort_keys=True)
    return hashlib.sha256(f"{settings}{train.fingerprint()}".encode()).hexdigest()


def remember(
    folder: Path, fitting: Fitting, history: list[Epoch], settings: str, options: FitOptions
) -> None:
    """Best first: killed in between, the epoch is run again and writes the same."""
    if not fitting.fabric.is_global_zero:
        return
    if best_of(history, options) == len(history) - 1:
        _save(fitting.answering.state_dict(), folder / BEST)
    past = [vars(epoch) for epoch in history]
    _save(fitting.state() | {"settings": settings, "history": past}, folder / LAST)


def resume(folder: Path, fitting: Fitting, settings: str) -> list[Epoch]:
    """The epochs that were run before, with everything as it was after them."""
    checkpoint = folder / LAST
    if not checkpoint.exists():
        return []
    try:
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises a dozen kinds here
        raise InputError(f"{checkpoint}: is damaged; remove it to start anew") from error
    if state.get("settings") != settings:
        raise InputError(
            f"{checkpoint}: belongs to a run with other data or settings; remove it to start anew"
        )
    fitting.restore(state)
    return [Epoch(**epoch) for epoch in state["history"]]


def _save(state: dict[str, Any], path: Path) -> None:
    aside = path.with_suffix(".new")
    torch.save(state, aside)
    aside.replace(path)
