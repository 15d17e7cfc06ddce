"""Fit a net to labelled crops: one readable loop that can be interrupted and taken up again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from face_detect.command import InputError
from face_detect.crop import Pixels
from train.augment import Augment
from train.contract import Contract
from train.data import Record
from train.inputs import normalise, whole


@dataclass(frozen=True, kw_only=True)
class FitOptions:
    """What a run may choose."""

    epochs: int = 14
    batch: int = 128
    rate: float = 2e-3
    weight_decay: float = 0.02
    label_smoothing: float = 0.1
    seed: int = 0
    augment: Augment = field(default_factory=Augment)


@dataclass(frozen=True, kw_only=True)
class Samples:
    """A dataset in memory: RGB crops at the net's size, and the label's index."""

    crops: Pixels
    targets: Tensor

    def __len__(self) -> int:
        return len(self.targets)

    def inputs(self, chosen: Tensor, contract: Contract) -> Tensor:
        tensor = normalise(self.crops[chosen.numpy()], contract.input)
        return torch.from_numpy(tensor.transpose(0, 3, 1, 2).copy())


@dataclass(frozen=True, kw_only=True)
class Epoch:
    """What one pass over the training data came to."""

    number: int
    loss: float
    valid_loss: float
    valid_accuracy: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """What changes while a net is fitted."""

    net: nn.Module
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler


def load_samples(records: list[Record], contract: Contract) -> Samples:
    """Read crops that are already cut; each goes through the browser's own resize."""
    (head,) = contract.heads
    crops = np.stack([whole(record.picture(), contract.input.size) for record in records])
    for record in records:
        if record.labels[head.name] not in head.labels:
            raise InputError(f"{record.name}: label {record.labels[head.name]!r} is unknown")
    targets = torch.tensor([head.labels.index(record.labels[head.name]) for record in records])
    return Samples(crops=crops, targets=targets)


def fit(
    net: nn.Module,
    contract: Contract,
    train: Samples,
    valid: Samples,
    *,
    options: FitOptions,
    checkpoint: Path,
    on_epoch: Callable[[Epoch], None] = lambda epoch: None,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> list[Epoch]:
    """Train; after every epoch `checkpoint` holds all that is needed to go on from there."""
    # Gradients of nearly dead units are denormal numbers, which cost ten times as much.
    torch.set_flush_denormal(True)
    steps = len(train) // options.batch
    if not steps:
        raise InputError(f"{len(train)} pictures to train on are less than a batch")
    optimizer = torch.optim.AdamW(net.parameters(), options.rate, weight_decay=options.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=options.epochs * steps, pct_start=0.2
    )
    run = Run(net=net, optimizer=optimizer, schedule=schedule)
    settings = _fingerprint(contract, train, options)
    history = _resume(checkpoint, run, settings)
    for number in range(len(history), options.epochs):
        loss = _train_epoch(run, contract, train, options, number, on_step)
        logits = predict(net, contract, valid)
        history.append(
            Epoch(
                number=number,
                loss=loss,
                valid_loss=F.cross_entropy(logits, valid.targets).item(),
                valid_accuracy=(logits.argmax(1) == valid.targets).float().mean().item(),
            )
        )
        _remember(checkpoint, run, history, settings)
        on_epoch(history[-1])
    return history


def _train_epoch(
    run: Run,
    contract: Contract,
    train: Samples,
    options: FitOptions,
    number: int,
    on_step: Callable[[int, int], None],
) -> float:
    """One pass in an order of its own, the same whenever this epoch is run; the mean loss."""
    torch.manual_seed(options.seed * 1000 + number)
    random = torch.Generator().manual_seed(options.seed * 1000 + number)
    batches = torch.split(torch.randperm(len(train), generator=random), options.batch)
    whole_batches = batches[: len(train) // options.batch]
    run.net.train()
    total = 0.0
    for chosen in whole_batches:
        inputs = options.augment(train.inputs(chosen, contract), random)
        loss = F.cross_entropy(
            run.net(inputs.contiguous(memory_format=torch.channels_last)),
            train.targets[chosen],
            label_smoothing=options.label_smoothing,
        )
        run.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        run.optimizer.step()
        run.schedule.step()
        total += loss.item()
        on_step(run.schedule.last_epoch, options.epochs * len(whole_batches))
    return total / len(whole_batches)


@torch.inference_mode()
def predict(net: nn.Module, contract: Contract, samples: Samples, batch: int = 256) -> Tensor:
    """The net's raw outputs for every sample, in order."""
    net.eval()
    indices = torch.split(torch.arange(len(samples)), batch)
    return torch.cat([net(samples.inputs(chosen, contract)) for chosen in indices])


def _fingerprint(contract: Contract, train: Samples, options: FitOptions) -> str:
    """One hash over all that decides how a run goes on."""
    settings = json.dumps([dataclasses.asdict(options), contract.to_json()], sort_keys=True)
    found = hashlib.sha256(settings.encode())
    found.update(train.targets.numpy().tobytes())
    found.update(np.ascontiguousarray(train.crops).data)
    return found.hexdigest()


def _remember(checkpoint: Path, run: Run, history: list[Epoch], settings: str) -> None:
    state = {key: part.state_dict() for key, part in vars(run).items()}
    state |= {"settings": settings, "history": [vars(epoch) for epoch in history]}
    aside = checkpoint.with_suffix(".new")
    torch.save(state, aside)
    aside.replace(checkpoint)


def _resume(checkpoint: Path, run: Run, settings: str) -> list[Epoch]:
    if not checkpoint.exists():
        return []
    try:
        state = torch.load(checkpoint, weights_only=True)
    except Exception as error:  # torch raises a dozen kinds here
        raise InputError(f"{checkpoint}: is damaged; remove it to start anew") from error
    if state.get("settings") != settings:
        raise InputError(
            f"{checkpoint}: is a run with other data or settings; remove it or choose another name"
        )
    for key, part in vars(run).items():
        part.load_state_dict(state[key])
    return [Epoch(**epoch) for epoch in state["history"]]
