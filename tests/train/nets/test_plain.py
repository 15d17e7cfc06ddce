from __future__ import annotations

import torch
from torch.utils.flop_counter import FlopCounterMode

from train.nets.plain import slim


def test_slim_keeps_to_the_browser_s_budget() -> None:
    net = slim(outputs=7, channels=1).eval()
    counter = FlopCounterMode(display=False)
    with counter:
        net(torch.zeros(1, 1, 48, 48))
    assert counter.get_total_flops() / 2 <= 45_000_000
    assert sum(parameter.numel() for parameter in net.parameters()) <= 520_000


def test_slim_takes_other_sizes_and_channels() -> None:
    assert slim(outputs=3, channels=3).eval()(torch.zeros(2, 3, 64, 64)).shape == (2, 3)
