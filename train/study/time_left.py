"""How long the runs of a study will take, before any of them has told."""

from __future__ import annotations

import time
from collections.abc import Sequence

import torch
from lightning_fabric import Fabric
from torch.nn import functional as F

from train.contract import Contract
from train.nets import build_net
from train.out_of_memory import out_of_memory

_PICTURES, _STEPS = 16, 2


def picture_s(contract: Contract, fabric: Fabric) -> float:
    """Seconds to learn from one picture: the quickest of a few steps, behind one that warms up.

    0 where memory is too small: that is for the run to tell.
    """
    try:
        return min(_steps_s(contract, fabric)[1:]) / _PICTURES
    except Exception as error:
        if out_of_memory(error):
            return 0.0
        raise


def _steps_s(contract: Contract, fabric: Fabric) -> list[float]:
    torch.set_flush_denormal(True)
    net = build_net(contract).train().to(fabric.device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    size, depth = contract.input.size, contract.input.depth
    inputs = torch.randn(_PICTURES, depth, size, size, device=fabric.device)
    targets = torch.zeros(_PICTURES, dtype=torch.int64, device=fabric.device)
    found = []
    for _ in range(1 + _STEPS):
        started = time.monotonic()
        with fabric.autocast():
            loss = F.cross_entropy(net(inputs), targets)
        fabric.backward(loss)
        loss.item()  # waits for an accelerator
        found.append(time.monotonic() - started)
    return found


def time_left(spent_s: float, done: Sequence[float], left: Sequence[float]) -> float:
    """From what was expected of the runs that are done and of those that are left.

    What came on top of the expectation (reading, augmentation, validation) comes on top of every
    run alike; what stayed below it, as with early stopping, does so in proportion.
    """
    over = spent_s - sum(done)
    if over < 0:
        return sum(left) * spent_s / sum(done)
    return sum(left) + (over / len(done) * len(left) if done else 0.0)
