"""Fit a net to labelled crops: one readable loop that can be interrupted and taken up again."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn
from torch.nn import functional as F

from face_detect.command import FacecastError
from train.contract import Contract, Input
from train.draws import seed_of
from train.epoch import Epoch, HeadScores, best_of
from train.evaluate import evaluate
from train.fitting import Fitting, begin, frozen_layers, plain_fabric, worker_of
from train.known import known
from train.loss import strange_loss, total_loss
from train.options import FitOptions
from train.rarely import rarely
from train.resume import BEST, Begun, Past, remember, remember_place, resume, settings_of
from train.samples import Batch, Samples, batches, steps_of
from train.teacher import Teacher


class DivergedError(FacecastError):
    """The loss is no number any more."""


def fit(
    net: nn.Module,
    contract: Contract,
    train: Samples,
    valid: Samples,
    *,
    options: FitOptions,
    folder: Path,
    fabric: Fabric | None = None,
    teachers: Sequence[nn.Module | Teacher] = (),
    on_epoch: Callable[[Epoch], None] = lambda epoch: None,
    on_step: Callable[[int, int], None] = lambda done, total: None,
    save_every_s: float = 300,
) -> list[Epoch]:
    """Train; `net` ends with the weights of the epoch that was best on `valid`.

    After every epoch, and within a long one every few minutes, `folder` holds all that is needed to
    go on from there, so that a run which was interrupted and taken up again ends as one that never
    was.
    """
    # Gradients of nearly dead units are denormal numbers, which cost ten times as much.
    torch.set_flush_denormal(True)
    fabric = fabric or plain_fabric(options)
    fitting = begin(net, contract, train, options, fabric, teachers)
    settings = settings_of(contract, train, options)
    past = resume(folder, fitting, settings)
    keep = rarely(partial(remember_place, folder, fitting, settings=settings), save_every_s)
    while len(past.history) < options.epochs and not _gave_up(past.history, options):
        started = time.monotonic() - past.begun.seconds
        loss = _train_epoch(fitting, contract.input, train, options, past, on_step, keep)
        epoch = _judge(fitting, contract, valid, len(past.history), loss, started)
        past = Past(history=[*past.history, fitting.fabric.broadcast(epoch)])
        on_epoch(past.history[-1])  # first, so that no epoch goes on without a line in the record
        remember(folder, fitting, past, settings, options)
    fitting.fabric.barrier()
    net.load_state_dict(torch.load(folder / BEST, map_location="cpu", weights_only=True))
    return past.history


def _train_epoch(
    fitting: Fitting,
    spec: Input,
    train: Samples,
    options: FitOptions,
    past: Past,
    on_step: Callable[[int, int], None],
    keep: Callable[[Past], None],
) -> float:
    """One pass in an order of its own, the same whenever this epoch is run; the mean loss."""
    started = time.monotonic()
    fabric = fitting.fabric
    worker = worker_of(fabric)
    number, begun = len(past.history), past.begun
    seed = options.seed * 1000 + number
    weights = train.weights(options.class_weights).to(fabric.device)
    fitting.stepping.train()
    for layer in frozen_layers(fitting.net, options.freeze):
        layer.eval()  # their batch norms stay as they are, too
    count = steps_of(train, options, worker)
    total = begun.loss
    drawn = batches(train, spec, options, seed, worker, begun.steps)
    for done, batch in enumerate(drawn, begun.steps + 1):
        torch.manual_seed(seed_of(seed, done, worker.number))  # of what the net itself draws
        steps = done % options.accumulate == 0 or done == count
        total += learn(fitting, batch, weights, options, steps=steps)
        on_step(number * count + done, options.epochs * count)
        if steps:
            spent = begun.seconds + time.monotonic() - started
            place = Begun(steps=done, loss=total, seconds=spent, processes=worker.count)
            keep(Past(history=past.history, begun=place))
    return total / count


def learn(
    fitting: Fitting, batch: Batch, weights: Tensor, options: FitOptions, *, steps: bool = True
) -> float:
    """Follow one batch's gradient, or only add it up; the loss, a mean over all processes."""
    fabric = fitting.fabric
    with fabric.no_backward_sync(fitting.stepping, enabled=not steps):
        logits = fitting.stepping(batch.inputs)
        count = len(batch.targets)
        taught = _teachers_say(fitting, batch.inputs[:count], options)
        loss = total_loss(logits[:count], batch.targets, weights, taught, fitting.parts, options)
        if len(logits) > count:
            loss = loss + strange_loss(logits, count, fitting.parts)
        fabric.backward(loss / options.accumulate)
    value = float(fabric.all_reduce(loss.detach(), reduce_op="mean"))  # type: ignore[arg-type]
    if not math.isfinite(value):
        raise DivergedError(
            f"the loss became {value}: nothing was kept of this epoch; choose a smaller --rate"
        )
    if steps:
        _step(fitting, options)
    return value


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
def _teachers_say(fitting: Fitting, inputs: Tensor, options: FitOptions) -> list[Tensor | None]:
    """Of each head the teachers' mean answer to the very pictures that the net sees."""
    with fitting.fabric.autocast():
        answers = [teacher.net(inputs).float() for teacher in fitting.teachers]
    found: list[Tensor | None] = []
    for i in range(len(fitting.parts)):
        soft = [
            F.softmax(answer[:, columns] / options.distil_temperature, dim=1)
            for answer, teacher in zip(answers, fitting.teachers, strict=True)
            if (columns := teacher.columns[i]) is not None
        ]
        found.append(torch.stack(soft).mean(0) if soft else None)
    return found


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
    heads = {}
    answers = predict(fitting.answering, contract, valid)
    for head, logits, targets in known(contract, answers, valid.targets):
        figures = evaluate(logits.argmax(1).numpy(), targets.numpy(), head.labels)
        heads[head.name] = HeadScores(
            loss=F.cross_entropy(logits, targets).item(),
            accuracy=figures.accuracy,
            macro_f1=figures.macro_f1,
        )
    return Epoch.of(
        heads,
        number=number,
        loss=loss,
        rate=float(fitting.schedule.get_last_lr()[0]),
        seconds=time.monotonic() - started,
    )


def _gave_up(history: list[Epoch], options: FitOptions) -> bool:
    """Whether the last `patience` epochs brought nothing."""
    if not options.patience or len(history) <= options.patience:
        return False
    return len(history) - 1 - best_of(history, options) >= options.patience
