"""Checkpoints: a run that was stopped at any moment goes on from its last whole epoch, and where
epochs are long from within one."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from face_detect.command import InputError
from train.aside import aside, put
from train.contract import Contract
from train.epoch import Epoch, best_of
from train.fitting import Fitting, worker_of
from train.options import FitOptions, without_later
from train.samples import Samples

LAST, BEST, BEGUN = "last.pt", "best.pt", "begun.pt"
"""After the last whole epoch, after the best, and within the one that goes on."""


@dataclass(frozen=True, kw_only=True)
class Begun:
    """An epoch that was stopped on its way."""

    steps: int = 0
    loss: float = 0.0
    """Of those steps together."""
    seconds: float = 0.0
    processes: int = 1
    """How many shared it: which pictures those steps showed depends on that."""


@dataclass(frozen=True, kw_only=True)
class Past:
    """Where a run goes on."""

    history: list[Epoch] = field(default_factory=list)
    begun: Begun = field(default_factory=Begun)


def settings_of(contract: Contract, train: Samples, options: FitOptions) -> str:
    """One hash over all that decides how a run goes on."""
    chosen = dataclasses.asdict(options, dict_factory=without_later)
    settings = json.dumps([chosen, contract.to_json()], sort_keys=True)
    return hashlib.sha256(f"{settings}{train.fingerprint()}".encode()).hexdigest()


def remember(
    folder: Path, fitting: Fitting, past: Past, settings: str, options: FitOptions
) -> None:
    """After an epoch. Best first: killed in between, the epoch is run again and writes the same."""
    if not fitting.fabric.is_global_zero:
        return
    if best_of(past.history, options) == len(past.history) - 1:
        _save(fitting.answering.state_dict(), folder / BEST)
    _save_place(folder / LAST, fitting, past, settings)
    (folder / BEGUN).unlink(missing_ok=True)


def remember_place(folder: Path, fitting: Fitting, past: Past, *, settings: str) -> None:
    """All that is needed to go on from here, between two steps."""
    if fitting.fabric.is_global_zero:
        _save_place(folder / BEGUN, fitting, past, settings)


def resume(folder: Path, fitting: Fitting, settings: str) -> Past:
    """What was run before, with everything as it was after it; an epoch that another number of
    processes began is begun anew."""
    state, within = (_read(folder / name, settings) for name in (LAST, BEGUN))
    if within is not None and _goes_on(within, state, worker_of(fitting.fabric).count):
        state = within
    elif within is not None and fitting.fabric.is_global_zero:
        (folder / BEGUN).unlink(missing_ok=True)
    if state is None:
        return Past()
    fitting.restore(state)
    begun = Begun(**state.get("begun", {}))
    return Past(history=[Epoch(**epoch) for epoch in state["history"]], begun=begun)


def _goes_on(within: dict[str, Any], whole: dict[str, Any] | None, processes: int) -> bool:
    """Whether that epoch is the next one: a kill may leave it behind when it is whole."""
    done = 0 if whole is None else len(whole["history"])
    return len(within["history"]) == done and within["begun"]["processes"] == processes


def _save_place(path: Path, fitting: Fitting, past: Past, settings: str) -> None:
    place = {"history": [vars(epoch) for epoch in past.history], "begun": vars(past.begun)}
    _save(fitting.state() | {"settings": settings} | place, path)


def _read(checkpoint: Path, settings: str) -> dict[str, Any] | None:
    if not checkpoint.exists():
        return None
    try:
        state: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises a dozen kinds here
        raise InputError(f"{checkpoint}: is damaged; remove it to start anew") from error
    if state.get("settings") != settings:
        raise InputError(
            f"{checkpoint}: belongs to a run with other data or settings; remove it to start anew"
        )
    return state


def _save(state: dict[str, Any], path: Path) -> None:
    with aside(path.with_suffix(".new")) as stream:
        torch.save(state, stream)
        put(stream, path)
