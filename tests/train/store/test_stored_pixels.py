from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from train.store.stored_pixels import StoredPixels

ROWS, BLOCKS = 10, 12


@pytest.fixture
def pixels(tmp_path: Path) -> StoredPixels:
    """Of each picture all pixels are its place, and blocks lie as the pictures do."""
    paths = [tmp_path / f"{block}.npy" for block in range(BLOCKS)]
    for block, path in enumerate(paths):
        places = np.arange(block * ROWS, (block + 1) * ROWS, dtype=np.uint8)
        np.save(path, np.broadcast_to(places[:, None, None, None], (ROWS, 4, 4, 1)))
    every = np.arange(BLOCKS * ROWS)
    return StoredPixels(paths, every // ROWS, every % ROWS)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_rows_come_in_the_order_that_they_are_asked_for(pixels: StoredPixels) -> None:
    places = np.array([117, 3, 3, 55])
    assert pixels[places][:, 0, 0, 0].tolist() == [117, 3, 3, 55]


def test_an_order_keeps_every_draw_and_needs_few_blocks_at_a_time(pixels: StoredPixels) -> None:
    order = torch.randperm(BLOCKS * ROWS, generator=seeded())
    near = pixels.near(order, seeded(1), window=3 * ROWS * 16)
    assert sorted(near.tolist()) == list(range(BLOCKS * ROWS))
    windows = [set((part // ROWS).tolist()) for part in torch.split(near, 3 * ROWS)]
    assert [len(window) for window in windows] == [3, 3, 3, 3]


def test_each_window_has_blocks_from_every_stretch_of_the_data(pixels: StoredPixels) -> None:
    near = pixels.near(torch.arange(BLOCKS * ROWS), seeded(), window=3 * ROWS * 16)
    for window in torch.split(near, 3 * ROWS):
        assert {int(place) // ROWS // 4 for place in window} == {0, 1, 2}


def test_windows_are_others_every_epoch(pixels: StoredPixels) -> None:
    order = torch.arange(BLOCKS * ROWS)
    first, second = (pixels.near(order, seeded(seed), window=480) for seed in (0, 1))
    assert not torch.equal(first, second)


def test_what_fits_into_one_window_stays_as_it_was_drawn(pixels: StoredPixels) -> None:
    order = torch.randperm(BLOCKS * ROWS, generator=seeded())
    assert torch.equal(pixels.near(order, seeded(1)), order)
