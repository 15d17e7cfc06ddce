from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch

from train.store.stored_pixels import StoredPixels

ROWS, BLOCKS = 10, 12


@pytest.fixture
def pixels(tmp_path: Path) -> StoredPixels:
    """Blocks that lie as the pictures do."""
    return laid(tmp_path, np.arange(BLOCKS * ROWS))


def laid(folder: Path, places: npt.NDArray[np.int64]) -> StoredPixels:
    """Pictures that lie on disk at those places, one block after the other; of each all pixels are
    its own."""
    paths = [folder / f"{block}.npy" for block in range(BLOCKS)]
    lying = np.split(places.argsort().astype(np.uint8), BLOCKS)
    for path, own in zip(paths, lying, strict=True):
        np.save(path, np.broadcast_to(own[:, None, None, None], (ROWS, 4, 4, 1)))
    return StoredPixels(paths, places // ROWS, places % ROWS)


def near(pixels: StoredPixels, order: torch.Tensor, seed: int = 0) -> torch.Tensor:
    """Within windows of three blocks."""
    return pixels.near(order, seeded(seed), window=3 * ROWS * 16, block=ROWS)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_rows_come_in_the_order_that_they_are_asked_for(pixels: StoredPixels) -> None:
    places = np.array([117, 3, 3, 55])
    assert pixels[places][:, 0, 0, 0].tolist() == [117, 3, 3, 55]


def test_an_order_keeps_every_draw_and_needs_few_blocks_at_a_time(pixels: StoredPixels) -> None:
    order = torch.randperm(BLOCKS * ROWS, generator=seeded())
    found = near(pixels, order, 1)
    assert sorted(found.tolist()) == list(range(BLOCKS * ROWS))
    windows = [set((part // ROWS).tolist()) for part in torch.split(found, 3 * ROWS)]
    assert [len(window) for window in windows] == [3, 3, 3, 3]


def test_each_window_has_blocks_from_every_stretch_of_the_data(pixels: StoredPixels) -> None:
    found = near(pixels, torch.arange(BLOCKS * ROWS))
    for window in torch.split(found, 3 * ROWS):
        assert {int(place) // ROWS // 4 for place in window} == {0, 1, 2}


def test_windows_are_others_every_epoch(pixels: StoredPixels) -> None:
    order = torch.arange(BLOCKS * ROWS)
    first, second = (near(pixels, order, seed) for seed in (0, 1))
    assert not torch.equal(first, second)


def test_the_order_is_the_same_however_the_pictures_lie_in_blocks(
    pixels: StoredPixels, tmp_path: Path
) -> None:
    elsewhere = np.random.default_rng(0).permutation(BLOCKS * ROWS)
    (tmp_path / "other").mkdir()
    other = laid(tmp_path / "other", elsewhere)
    assert np.array_equal(pixels, other)
    order = torch.randperm(BLOCKS * ROWS, generator=seeded())
    assert torch.equal(near(pixels, order), near(other, order))


def test_what_fits_into_one_window_stays_as_it_was_drawn(pixels: StoredPixels) -> None:
    order = torch.randperm(BLOCKS * ROWS, generator=seeded())
    assert torch.equal(pixels.near(order, seeded(1)), order)
