from __future__ import annotations

import pytest
import torch
from torch import nn

from train.average import averaged


def after(steps: int, decay: float, zeros: int = 1) -> float:
    """The average of a weight that was 0 for some steps and then 1."""
    net = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(net.weight)
    average = averaged(net, decay)
    for _ in range(zeros):
        average.update_parameters(net)
    nn.init.ones_(net.weight)
    for _ in range(steps):
        average.update_parameters(net)
    (weight,) = average.module.parameters()
    return float(weight.detach())


def test_the_start_is_forgotten_soon() -> None:
    assert after(100, 0.999) > 0.95


def test_in_the_long_run_the_average_follows_at_its_decay() -> None:
    assert after(10, 0.9, zeros=200) == pytest.approx(1 - 0.9**10, abs=1e-4)


def test_batch_norm_s_figures_are_averaged_and_its_counter_is_copied() -> None:
    net = nn.BatchNorm1d(1)
    average = averaged(net, 0.9)
    average.update_parameters(net)
    net(torch.full((2, 1), 8.0))
    average.update_parameters(net)
    mean = average.module.running_mean
    assert isinstance(mean, torch.Tensor)
    assert 0 < mean.item() < 0.8
    assert average.module.num_batches_tracked == 1
