"""The net that a run begins with: untrained, or with given weights as far as they fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn

from train.checkpoint import WeightsError, find_weights, load, read_weights
from train.contract import Contract
from train.nets import build_net


def start(contract: Contract, weights: Path | None, seed: int) -> nn.Module:
    """Build the contract's net; `weights` is a model's folder or a file of tensors.

    Tensors of another shape, as a classifier for other labels has, are left untrained.
    """
    torch.manual_seed(seed)
    net = build_net(contract)
    if weights is not None:
        _take_over(net, find_weights(weights) if weights.is_dir() else weights)
    return net.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def load_teachers(folders: Sequence[Path], contract: Contract) -> list[nn.Module]:
    """Fitted nets that answer the same question about the pupil's input, of whatever size."""
    teachers = []
    for folder in folders:
        teacher, taught = load(folder)
        same_size = dataclasses.replace(taught.input, size=contract.input.size)
        if same_size != contract.input or taught.heads[0].labels != contract.heads[0].labels:
            raise WeightsError(f"{folder}: a teacher needs the channels and labels of its pupil")
        teacher.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        if taught.input.size != contract.input.size:
            resize = nn.Upsample(size=taught.input.size, mode="bilinear")
            teacher = nn.Sequential(resize, teacher)
        teachers.append(teacher)
    return teachers


def _take_over(net: nn.Module, path: Path) -> None:
    wanted, found = net.state_dict(), read_weights(path)
    fitting = {
        key: value
        for key, value in found.items()
        if key in wanted and wanted[key].shape == value.shape
    }
    if not fitting:
        raise WeightsError(f"{path}: holds no tensor that fits the net")
    net.load_state_dict(wanted | fitting)
