"""What a fit works with: the net, what moves it, and where it runs."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from lightning_fabric import Fabric
from lightning_fabric.wrappers import _FabricModule
from torch import nn
from torch.optim.swa_utils import AveragedModel

from face_detect.command import InputError
from train.average import averaged
from train.contract import Contract
from train.draws import Worker
from train.loss import LossPart, loss_parts
from train.optimize import optimizer_for, schedule_for
from train.options import FitOptions
from train.samples import Samples, steps_of
from train.teacher import Teacher, as_teachers


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
    teachers: Sequence[Teacher]
    parts: Sequence[LossPart]
    """Of each head, in the order of the net's columns."""
    steps: int
    """Of the optimizer in an epoch."""

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
            "steps": self.steps,
            "precision": self.fabric.strategy.precision.state_dict(),
        }
        return state if self.average is None else state | {"average": self.average.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        self.net.load_state_dict(state["net"])
        steps = state.get("steps", self.steps)
        if steps == self.steps:
            self.schedule.load_state_dict(state["schedule"])
        else:  # another number of processes shared the epochs
            self._wind(state["schedule"]["last_epoch"] * self.steps // steps)
        self.optimizer.load_state_dict(state["optimizer"])
        for group, rate in zip(
            self.optimizer.param_groups, self.schedule.get_last_lr(), strict=True
        ):
            group["lr"] = rate
        self.fabric.strategy.precision.load_state_dict(state["precision"])
        if self.average is not None:
            self.average.load_state_dict(state["average"])

    def _wind(self, steps: int) -> None:
        """Set the schedule, which is at its beginning, to where it is after so many steps."""
        # torch warns of a schedule whose optimizer makes no steps.
        with warnings.catch_warnings(action="ignore"):
            for _ in range(steps):
                self.schedule.step()


def begin(
    net: nn.Module,
    contract: Contract,
    train: Samples,
    options: FitOptions,
    fabric: Fabric,
    teachers: Sequence[nn.Module | Teacher],
) -> Fitting:
    """Optimizer, schedule, average and teachers for a run of these options."""
    if not steps_of(train, options, worker_of(fabric)):
        raise InputError(
            f"{len(train)} pictures to train on are less than a batch of {options.batch};"
            " choose a smaller --batch"
        )
    if bool(teachers) != bool(options.distil):
        raise InputError("distilling needs both: teachers, and the share of their loss (--distil)")
    parts = loss_parts(contract, options)
    for layer in frozen_layers(net, options.freeze):
        layer.requires_grad_(False)
    optimizer = optimizer_for(net.parameters(), options)
    steps = math.ceil(steps_of(train, options, worker_of(fabric)) / options.accumulate)
    stepping, wrapped = fabric.setup(net, optimizer)
    taught_by = as_teachers(teachers, contract)
    for teacher in taught_by:
        teacher.net.to(fabric.device).eval()
    return Fitting(
        net=net,
        optimizer=wrapped,
        schedule=schedule_for(optimizer, options, options.epochs * steps),
        average=averaged(net, options.ema) if options.ema else None,
        fabric=fabric,
        stepping=stepping,
        teachers=taught_by,
        parts=parts,
        steps=steps,
    )


def frozen_layers(net: nn.Module, count: int) -> list[nn.Module]:
    """The first of a net's stages or layers of features, which `--freeze` leaves as they are."""
    layers: list[nn.Module] = list(getattr(net, "stages", getattr(net, "features", ())))
    if count > len(layers):
        raise InputError(f"--freeze {count}: the net has {len(layers)} layers that can be frozen")
    return layers[:count]


def worker_of(fabric: Fabric) -> Worker:
    """Which of Fabric's processes this is."""
    return Worker(number=fabric.global_rank, count=fabric.world_size, device=fabric.device)


def plain_fabric(options: FitOptions) -> Fabric:
    """One process on the CPU."""
    return Fabric(accelerator="cpu", devices=1, precision=options.precision)
