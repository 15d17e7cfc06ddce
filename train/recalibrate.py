"""A new contract for a model that exists: its heads calibrated on given pictures."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import torch
from torch import nn

from face_detect.command import InputError
from train.ask import ask
from train.calibrate import USUAL, Thresholds, calibrate_head
from train.contract import Contract, Head
from train.crops import AskedFraming, crops_of
from train.data.dataset import Dataset
from train.inputs import head_logits
from train.judge import truth_of

LEAST = 50
"""Fewer pictures say too little about the surest and the least sure answers."""


def recalibrate(
    net: nn.Module,
    contract: Contract,
    dataset: Dataset,
    *,
    thresholds: Thresholds = USUAL,
    framing: AskedFraming = "auto",
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Contract:
    """Fit each head that the data have labels for; the others stay as they are."""
    crops = crops_of(dataset, contract, framing=framing, on_step=on_step)
    answers = head_logits(ask(net, contract, crops.pixels), contract)
    heads, fitted = [], 0
    for head, said in zip(contract.heads, answers, strict=True):
        truth = truth_of(dataset.records, head)
        usable = crops.found & (truth >= 0)
        if usable.sum() >= LEAST:
            logits = torch.from_numpy(said[usable]).float()
            head = calibrate_head(head, logits, torch.from_numpy(truth[usable]), thresholds)
            _check(head, thresholds, dataset.name)
            fitted += 1
        heads.append(head)
    if not fitted:
        raise InputError(
            f"{dataset.name}: has fewer than {LEAST} faces with a label of the model's"
        )
    return dataclasses.replace(contract, heads=tuple(heads))


def _check(head: Head, thresholds: Thresholds, data: str) -> None:
    """No answer is as unsure as nought: such a threshold would say that all familiar faces, however
    unsure the net is of them, are fewer than those that were to be answered."""
    by_coverage = thresholds.coverage is not None and thresholds.risk is None
    if by_coverage and head.uncertain_below == 0:
        raise InputError(
            f"{data}: less than {thresholds.coverage:.0%} of the faces are familiar to {head.name};"
            " ask for fewer answers (--coverage), or for more familiar faces (--familiar)"
        )
