from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from train.pseudo.generator import generate, generator_of
from train.samples import Samples

from .conftest import HAPPY, SAD, faces


def made(count: int) -> Samples:
    pixels = np.concatenate([faces(HAPPY, count), faces(SAD, count)])[..., None]
    targets = torch.tensor([0] * count + [1] * count)
    return Samples(pixels=pixels, targets=targets, classes=2)


def test_it_draws_what_each_label_looks_like(tmp_path: Path) -> None:
    samples = made(150)
    net = generator_of(samples, tmp_path, epochs=10, seed=0)
    drawn = generate(net, samples, 40, 0)
    assert drawn.pixels.shape == (40, 16, 16, 1)
    brow, chin = (
        np.asarray(drawn.pixels)[:, rows].mean((1, 2, 3)) for rows in (slice(0, 6), slice(10, 16))
    )
    happy = drawn.targets.numpy() == 0
    assert 5 < happy.sum() < 35
    assert ((brow > chin) == happy).mean() > 0.9


def test_it_is_fitted_once(tmp_path: Path) -> None:
    samples = made(20)
    first = generator_of(samples, tmp_path, epochs=1, seed=0)
    steps: list[int] = []
    again = generator_of(
        samples, tmp_path, epochs=1, seed=0, on_step=lambda done, total: steps.append(done)
    )
    assert not steps
    assert all(
        torch.equal(a, b) for a, b in zip(first.parameters(), again.parameters(), strict=True)
    )
    drawn, same = (generate(net, samples, 3, 1).pixels for net in (first, again))
    assert np.array_equal(drawn, same)
