"""Fit a net to labelled crops: one readable loop that can be interrupted and taken up again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from lightning_fabric import Fabric
from lightning_fabric.wrappers import _FabricModule
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from face_detect.command import InputError
from train.average import averaged
from train.contract import Contract, Input
from train.evaluate import evaluate
from train.loss import class_weights, total_loss
from train.optimize import optimizer_for, schedule_for
from train.options import FitOptions
from train.samples import Batch, Samples, Worker, batches, steps_of

LAST, BEST = "last.pt", "best.pt"


@dataclass(frozen=True, kw_only=True)
class Epoch:
    """What one pass over the training data came to."""

    number: int
    loss: float
    valid_loss: float
    accuracy: float
    """On validation, as all that follows."""
    macro_f1: float
    rate: float
    """The learning rate at its end."""
    seconds: float

    def score(self, metric: str) -> float:
        """Higher is better."""
        return -self.valid_loss if metric == "loss" else float(getattr(self, metric))

    def line(self) -> str:
        """It in words, for a console and a log."""
        return (
            f"epoch {self.number + 1}: loss {self.loss:.3f}; on validation: loss"
            f" {self.valid_loss:.3f}, accuracy {self.accuracy:.1%}, macro F1 {self.macro_f1:.1%}"
            f" ({self.seconds:.0f} s)"
        )

    def figures(self) -> dict[str, float]:
        """What the run's record shows of it, by the record's names."""
        return {
            "train_loss": self.loss,
            "valid_loss": self.valid_loss,
            "accuracy": self.accuracy,
            "macro_f1": self.macro_f1,
            "rate": self.rate,
            "seconds": round(self.seconds, 1),
        }


@dataclass(frozen=True, kw_only=True)
class Fitting:
    """What changes while a net is fitted, and what it is fitted by."""

    net: nn.Module
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    average: AveragedModel | None
    fabric: Fabric
    stepping: _FabricModule
    """The net as Fabric wraps it for devices and precision."""
    teachers: Sequence[nn.Module]

    @property
    def answering(self) -> nn.Module:
        """The net whose answers count: the average where there is one."""
        return self.average.module if self.average is not None else self.net

    def state(self) -> dict[str, Any]:
        """All that has to be remembered between epochs."""
        state = {
            "net": self.net.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
        }
        return state if self.average is None else state | {"average": self.average.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        if self.average is not None:
            self.average.load_state_dict(state["average"])


def fit(
    net: nn.Module,
    contract: Contract,
    train: Samples,
    valid: Samples,
    *,
    options: FitOptions,
    folder: Path,
    fabric: Fabric | None = None,
    teachers: Sequence[nn.Module] = (),
    on_epoch: Callable[[Epoch], None] = lambda epoch: None,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> list[Epoch]:
    """Train; `net` ends with the weights of the epoch that was best on `valid`.

    After every epoch `folder` holds all that is needed to go on from there, so that a run which was
    interrupted and taken up again ends as one that never was.
    """
    # Gradients of nearly dead units are denormal numbers, which cost ten times as much.
    torch.set_flush_denormal(True)
    fitting = begin(net, train, options, fabric or _plain_fabric(options), teachers)
    settings = _fingerprint(contract, train, options)
    history = _resume(folder / LAST, fitting, settings)
    while len(history) < options.epochs and not _gave_up(history, options):
        started = time.monotonic()
        loss = _train_epoch(fitting, contract.input, train, options, len(history), on_step)
        epoch = _judge(fitting, contract, valid, len(history), loss, started)
        history.append(fitting.fabric.broadcast(epoch))
        _remember(folder, fitting, history, settings, options)
        on_epoch(history[-1])
    fitting.fabric.barrier()
    net.load_state_dict(torch.load(folder / BEST, map_location="cpu", weights_only=True))
    return history


def worker_of(fabric: Fabric) -> Worker:
    """Which of Fabric's processes this is."""
    return Worker(number=fabric.global_rank, count=fabric.world_size, device=fabric.device)


def _plain_fabric(options: FitOptions) -> Fabric:
    return Fabric(accelerator="cpu", devices=1, precision=options.precision)


def begin(
    net: nn.Module,
    train: Samples,
    options: FitOptions,
    fabric: Fabric,
    teachers: Sequence[nn.Module],
) -> Fitting:
    """Optimizer, schedule, average and teachers for a run of these options."""
    if not steps_of(train, options, worker_of(fabric)):
        raise InputError(
            f"{len(train)} pictures to train on are less than a batch of {options.batch};"
            " choose a smaller --batch"
        )
    if bool(teachers) != bool(options.distil):
        raise InputError("distilling needs both: teachers, and the share of their loss (--distil)")
    for layer in _frozen_layers(net, options.freeze):
        layer.requires_grad_(False)
    optimizer = optimizer_for(net.parameters(), options)
    steps = math.ceil(steps_of(train, options, worker_of(fabric)) / options.accumulate)
    stepping, wrapped = fabric.setup(net, optimizer)
    return Fitting(
        net=net,
        optimizer=wrapped,
        schedule=schedule_for(optimizer, options, options.epochs * steps),
        average=averaged(net, options.ema) if options.ema else None,
        fabric=fabric,
        stepping=stepping,
        teachers=[teacher.to(fabric.device).eval() for teacher in teachers],
    )


def _frozen_layers(net: nn.Module, count: int) -> list[nn.Module]:
    features = getattr(net, "features", None)
    layers = list(features) if isinstance(features, nn.Sequential) else []
    if count > len(layers):
        raise InputError(f"--freeze {count}: the net has {len(layers)} layers of features")
    return layers[:count]


def _train_epoch(
    fitting: Fitting,
    spec: Input,
    train: Samples,
    options: FitOptions,
    number: int,
    on_step: Callable[[int, int], None],
) -> float:
    """One pass in an order of its own, the same whenever this epoch is run; the mean loss."""
    fabric = fitting.fabric
    worker = worker_of(fabric)
    seed = options.seed * 1000 + number
    torch.manual_seed(seed * worker.count + worker.number)
    weights = class_weights(train.counts(), options.class_weights).to(fabric.device)
    fitting.stepping.train()
    for layer in _frozen_layers(fitting.net, options.freeze):
        layer.eval()  # their batch norms stay as they are, too
    count = steps_of(train, options, worker)
    total = 0.0
    for i, batch in enumerate(batches(train, spec, options, seed, worker)):
        steps = (i + 1) % options.accumulate == 0 or i + 1 == count
        total += learn(fitting, batch, weights, options, steps=steps)
        on_step(number * count + i + 1, options.epochs * count)
    return total / count


def learn(
    fitting: Fitting, batch: Batch, weights: Tensor, options: FitOptions, *, steps: bool = True
) -> float:
    """Follow one batch's gradient, or only add it up; the loss."""
    fabric = fitting.fabric
    with fabric.no_backward_sync(fitting.stepping, enabled=not steps):
        logits = fitting.stepping(batch.inputs)
        taught = _teachers_say(fitting, batch.inputs, options)
        loss = total_loss(logits, batch.targets, weights, taught, options)
        fabric.backward(loss / options.accumulate)
    if steps:
        _step(fitting, options)
    return loss.item()


def _step(fitting: Fitting, options: FitOptions) -> None:
    if options.clip:
        fitting.fabric.clip_gradients(
            fitting.stepping, fitting.optimizer, max_norm=options.clip, error_if_nonfinite=False
        )
    fitting.optimizer.step()
    fitting.optimizer.zero_grad()
    fitting.schedule.step()
    if fitting.average is not None:
        fitting.average.update_parameters(fitting.net)


@torch.no_grad()
def _teachers_say(fitting: Fitting, inputs: Tensor, options: FitOptions) -> Tensor | None:
    """The teachers' mean answer to the very pictures that the net sees."""
    if not fitting.teachers:
        return None
    with fitting.fabric.autocast():
        answers = [teacher(inputs).float() for teacher in fitting.teachers]
    soft = [F.softmax(answer / options.distil_temperature, dim=1) for answer in answers]
    return torch.stack(soft).mean(0)


@torch.inference_mode()
def predict(net: nn.Module, contract: Contract, samples: Samples, batch: int = 256) -> Tensor:
    """The net's raw outputs for every sample, in order."""
    net.eval()
    device = next((p.device for p in net.parameters()), torch.device("cpu"))
    found = []
    for chosen in torch.split(torch.arange(len(samples)), batch):
        found.append(net(samples.inputs(chosen, contract.input).to(device)).cpu())
    return torch.cat(found)


def _judge(
    fitting: Fitting, contract: Contract, valid: Samples, number: int, loss: float, started: float
) -> Epoch:
    logits = predict(fitting.answering, contract, valid)
    (head,) = contract.heads
    figures = evaluate(logits.argmax(1).numpy(), valid.targets.numpy(), head.labels)
    return Epoch(
        number=number,
        loss=loss,
        valid_loss=F.cross_entropy(logits, valid.targets).item(),
        accuracy=figures.accuracy,
        macro_f1=figures.macro_f1,
        rate=float(fitting.schedule.get_last_lr()[0]),
        seconds=time.monotonic() - started,
    )


def _gave_up(history: list[Epoch], options: FitOptions) -> bool:
    """Whether the last `patience` epochs brought nothing."""
    if not options.patience or len(history) <= options.patience:
        return False
    return len(history) - 1 - _best(history, options) >= options.patience


def _best(history: list[Epoch], options: FitOptions) -> int:
    scores = [epoch.score(options.choose_by) for epoch in history]
    return scores.index(max(scores))


def _fingerprint(contract: Contract, train: Samples, options: FitOptions) -> str:
    """One hash over all that decides how a run goes on."""
    settings = json.dumps([dataclasses.asdict(options), contract.to_json()], sort_keys=True)
    return hashlib.sha256(f"{settings}{train.fingerprint()}".encode()).hexdigest()


def _remember(
    folder: Path, fitting: Fitting, history: list[Epoch], settings: str, options: FitOptions
) -> None:
    """Best first: killed in between, the epoch is run again and writes the same."""
    if not fitting.fabric.is_global_zero:
        return
    if _best(history, options) == len(history) - 1:
        _save(fitting.answering.state_dict(), folder / BEST)
    past = [vars(epoch) for epoch in history]
    _save(fitting.state() | {"settings": settings, "history": past}, folder / LAST)


def _save(state: dict[str, Any], path: Path) -> None:
    aside = path.with_suffix(".new")
    torch.save(state, aside)
    aside.replace(path)


def _resume(checkpoint: Path, fitting: Fitting, settings: str) -> list[Epoch]:
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
