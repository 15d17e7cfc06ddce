"""Fit a net to labelled crops: one readable loop that can be interrupted and taken up again."""

from __future__ import annotations

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
    optimizer = torch.optim.AdamW(net.parameters(), options.rate, weight_decay=options.weight_decay)
    batches = len(train) // options.batch
    if not batches:
        raise InputError(f"{len(train)} pictures to train on are less than a batch")
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, options.rate, total_steps=options.epochs * batches, pct_start=0.2
    )
    history = _resume(checkpoint, net, optimizer, schedule)
    for number in range(len(history), options.epochs):
        torch.manual_seed(options.seed * 1000 + number)
        random = torch.Generator().manual_seed(options.seed * 1000 + number)
        order = torch.randperm(len(train), generator=random)[: batches * options.batch]
        net.train()
        total = 0.0
        for chosen in torch.split(order, options.batch):
            inputs = options.augment(train.inputs(chosen, contract), random)
            loss = F.cross_entropy(
                net(inputs.contiguous(memory_format=torch.channels_last)),
                train.targets[chosen],
                label_smoothing=options.label_smoothing,
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            total += loss.item()
            on_step(schedule.last_epoch, options.epochs * batches)
        logits = predict(net, contract, valid)
        history.append(
            Epoch(
                number=number,
                loss=total / batches,
                valid_loss=F.cross_entropy(logits, valid.targets).item(),
                valid_accuracy=(logits.argmax(1) == valid.targets).float().mean().item(),
            )
        )
        _remember(checkpoint, net, optimizer, schedule, history)
        on_epoch(history[-1])
    return history


@torch.inference_mode()
def predict(net: nn.Module, contract: Contract, samples: Samples, batch: int = 256) -> Tensor:
    """The net's raw outputs for every sample, in order."""
    net.eval()
    indices = torch.split(torch.arange(len(samples)), batch)
    return torch.cat([net(samples.inputs(chosen, contract)) for chosen in indices])


def _remember(
    checkpoint: Path,
    net: nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    history: list[Epoch],
) -> None:
    state = {
        "net": net.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
        "history": [vars(epoch) for epoch in history],
    }
    aside = checkpoint.with_suffix(".new")
    torch.save(state, aside)
    aside.replace(checkpoint)


def _resume(
    checkpoint: Path,
    net: nn.Module,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> list[Epoch]:
    if not checkpoint.exists():
        return []
    state = torch.load(checkpoint, weights_only=True)
    try:
        net.load_state_dict(state["net"])
    except RuntimeError as error:
        raise InputError(
            f"{checkpoint}: is a run of another net; remove it or choose another name"
        ) from error
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return [Epoch(**epoch) for epoch in state["history"]]
