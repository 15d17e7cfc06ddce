"""A new contract for a model that exists: its heads calibrated on given pictures."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import torch
from torch import nn

from face_detect.command import InputError
from train.ask import ask
from train.calibrate import calibrate_head
from train.contract import Contract
from train.crops import AskedFraming, crops_of
from train.data.dataset import Dataset
from train.inputs import probabilities
from train.judge import truth_of

LEAST = 50
"""Fewer pictures say too little about the surest and the least sure answers."""


def recalibrate(
    net: nn.Module,
    contract: Contract,
    dataset: Dataset,
    *,
    framing: AskedFraming = "auto",
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Contract:
    """Fit each head that the data have labels for; the others stay as they are."""
    plain = dataclasses.replace(
        contract, heads=tuple(dataclasses.replace(head, temperature=1.0) for head in contract.heads)
    )
    crops = crops_of(dataset, contract, framing=framing, on_step=on_step)
    answers = probabilities(ask(net, contract, crops.pixels), plain)
    heads, fitted = [], 0
    for head, said in zip(contract.heads, answers, strict=True):
        truth = truth_of(dataset.records, head)
        usable = crops.found & (truth >= 0)
        if usable.sum() >= LEAST:
            logits = torch.from_numpy(said[usable]).clamp(min=1e-30).log()
            head = calibrate_head(head, logits.float(), torch.from_numpy(truth[usable]))
            fitted += 1
        heads.append(head)
    if not fitted:
        raise InputError(
            f"{dataset.name}: has fewer than {LEAST} faces with a label of the model's"
        )
    return dataclasses.replace(contract, heads=tuple(heads))
