"""From a dataset to `models/<name>/`: split, fit, calibrate, report, write."""

from __future__ import annotations

import dataclasses
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from face_detect.command import InputError
from train.calibrate import calibrate
from train.contract import Contract, Head, Input, Origin
from train.data import Record, open_dataset
from train.evaluate import Evaluation, evaluate
from train.fit import Epoch, FitOptions, Samples, fit, load_samples, predict
from train.nets import build_net

VALID_EVERY = 10
"""One record in ten is kept from training to calibrate on."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Outcome:
    """A fitted net and its figures."""

    net: torch.nn.Module
    contract: Contract
    history: list[Epoch]
    evaluation: Evaluation


def run(
    data: Path,
    name: str,
    *,
    net: str,
    size: int,
    channels: str,
    options: FitOptions,
    on_epoch: Callable[[Epoch], None],
    on_step: Callable[[int, int], None],
    record_folder: Path,
) -> Outcome:
    """Train on `train`, calibrate on a part of it, report once on `test`."""
    records = list(open_dataset(data, "train").records)
    held_out = list(open_dataset(data, "test").records)
    if {record.name for record in records} & {record.name for record in held_out}:
        raise InputError(f"{data}: has no folders train and test, so nothing would be held out")
    labels = tuple(sorted({record.labels["emotion"] for record in records}))
    contract = _first_contract(name, net, labels, size, channels)
    record_folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    model = build_net(contract)
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    train, valid = (load_samples(part, contract) for part in split(records, options.seed))
    history = fit(
        model,
        contract,
        train,
        valid,
        options=options,
        checkpoint=record_folder / "last.pt",
        on_epoch=on_epoch,
        on_step=on_step,
    )
    contract = calibrate(contract, predict(model, contract, valid), valid.targets)
    evaluation = _judge(model, contract, load_samples(held_out, contract))
    contract = _with_origin(contract, data, options.seed, evaluation)
    return Outcome(net=model, contract=contract, history=history, evaluation=evaluation)


def split(records: list[Record], seed: int) -> tuple[list[Record], list[Record]]:
    """Training and validation records, drawn once by the seed."""
    order = np.random.default_rng(seed).permutation(len(records))
    chosen = set(order[::VALID_EVERY].tolist())
    if not chosen or len(chosen) == len(records):
        raise InputError(f"{len(records)} pictures are too few to hold a part back")
    return (
        [record for i, record in enumerate(records) if i not in chosen],
        [record for i, record in enumerate(records) if i in chosen],
    )


def _first_contract(
    name: str, net: str, labels: tuple[str, ...], size: int, channels: str
) -> Contract:
    spec = (
        Input(size=size, channels="grey", mean=(0.5,), std=(0.25,))
        if channels == "grey"
        else Input(size=size)
    )
    return Contract(name=name, net=net, heads=(Head(name="emotion", labels=labels),), input=spec)


def _judge(model: torch.nn.Module, contract: Contract, samples: Samples) -> Evaluation:
    (head,) = contract.heads
    predicted = F.softmax(predict(model, contract, samples), dim=1).argmax(1)
    return evaluate(predicted.numpy(), samples.targets.numpy(), head.labels)


def _with_origin(contract: Contract, data: Path, seed: int, figures: Evaluation) -> Contract:
    origin = Origin(
        data=data.name,
        seed=seed,
        code=_code_version(),
        figures={
            "accuracy": round(figures.accuracy, 4),
            "macro_f1": round(figures.macro_f1, 4),
            "macro_recall": round(figures.macro_recall, 4),
        },
    )
    return dataclasses.replace(contract, origin=origin)


def _code_version() -> str:
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    try:
        found = subprocess.run(
            command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()
