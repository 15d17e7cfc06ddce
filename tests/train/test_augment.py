from __future__ import annotations

import dataclasses

import numpy as np
import torch

from train.augment import augment, blend, compress
from train.contract import Input
from train.draws import Draws, Worker
from train.options import Augment

OFF = Augment(
    flip=0, rotate=0, scale=0, shift=0, contrast=0, brightness=0, hue=0, noise=0, blur=0, erase=0
)  # fmt: skip
GREY = Input(size=8, channels="grey", mean=(0.5,), std=(0.25,))
COLOUR = Input(size=8)
ALL = Augment(hue=0.1, noise=0.2, blur=0.5, jpeg=0.5, mixup=0.5, cutmix=0.5)


def seeded(seed: int = 0) -> Draws:
    return Draws.of(Worker(), seed)


def test_with_everything_off_a_picture_is_itself() -> None:
    batch = torch.rand(16, 1, 8, 8)
    assert torch.allclose(augment(batch, GREY, OFF, seeded()), batch, atol=1e-5)


def test_a_flip_that_is_certain_mirrors_every_picture() -> None:
    batch = torch.rand(16, 1, 8, 8)
    flipped = augment(batch, GREY, dataclasses.replace(OFF, flip=1), seeded())
    assert torch.allclose(flipped, batch.flip(-1), atol=1e-5)


def test_a_shift_moves_by_no_more_than_its_share() -> None:
    batch = torch.zeros(64, 1, 40, 40)
    batch[..., 20, 20] = 1
    moved = augment(batch, GREY, dataclasses.replace(OFF, shift=0.1), seeded())
    rows, columns = (moved[:, 0].sum(dim).argmax(1) - 20 for dim in (2, 1))
    assert rows.abs().max() <= 5
    assert columns.abs().max() <= 5
    assert len(set(rows.tolist())) > 3


def test_one_seed_gives_one_result() -> None:
    batch = torch.rand(4, 3, 16, 16)
    first, second = (augment(batch, GREY, ALL, seeded(5)) for _ in range(2))
    assert torch.equal(first, second)


def test_erasing_greys_out_a_part_and_not_the_whole() -> None:
    erased = augment(torch.ones(64, 1, 32, 32), GREY, dataclasses.replace(OFF, erase=1), seeded())
    assert 0 < (erased == 0).float().mean().item() < 0.25


def test_turning_the_hue_leaves_grey_as_it_is() -> None:
    mean, std = (torch.tensor(v)[:, None, None] for v in (COLOUR.mean, COLOUR.std))
    grey = (torch.rand(8, 1, 8, 8).expand(-1, 3, -1, -1) - mean) / std
    turned = augment(grey, COLOUR, dataclasses.replace(OFF, hue=0.3), seeded())
    assert torch.allclose(turned, grey, atol=1e-5)


def test_turning_the_hue_changes_colours_and_keeps_their_sum() -> None:
    colours = torch.rand(8, 3, 8, 8)
    plain = Input(size=8, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0))
    turned = augment(colours, plain, dataclasses.replace(OFF, hue=0.3), seeded())
    assert not torch.allclose(turned, colours, atol=1e-2)
    assert torch.allclose(turned.sum(1), colours.sum(1), atol=1e-4)


def test_a_blur_keeps_the_mean_and_takes_contrast() -> None:
    batch = torch.rand(8, 1, 32, 32)
    blurred = augment(batch, GREY, dataclasses.replace(OFF, blur=1), seeded())
    assert torch.allclose(blurred.mean(), batch.mean(), atol=0.01)
    assert blurred.std() < 0.6 * batch.std()


def test_compression_changes_some_pictures_a_little() -> None:
    random = np.random.default_rng(0)
    smooth = np.linspace(0, 200, 32)[None, :, None, None] + np.zeros((16, 1, 32, 1))
    pixels = (smooth + random.integers(0, 20, (16, 32, 32, 1))).astype(np.uint8)
    compressed = compress(pixels, Augment(jpeg=0.5), seeded())
    changed = (compressed != pixels).any(axis=(1, 2, 3))
    assert 2 < changed.sum() < 14
    assert np.abs(compressed.astype(int) - pixels).mean() < 8


def test_mixup_mixes_targets_as_it_mixes_pictures() -> None:
    batch, targets = torch.eye(4)[:, :, None, None].expand(-1, -1, 6, 6), torch.eye(4)
    mixed, mixed_targets = blend(batch, targets, Augment(mixup=1), seeded())
    assert torch.allclose(mixed.mean((2, 3)), mixed_targets, atol=1e-6)
    assert not torch.equal(mixed_targets, targets)


def test_cutmix_mixes_targets_by_the_area_that_it_takes() -> None:
    batch, targets = torch.eye(4)[:, :, None, None].expand(-1, -1, 6, 6), torch.eye(4)
    mixed, mixed_targets = blend(batch, targets, Augment(cutmix=1), seeded())
    assert torch.allclose(mixed.mean((2, 3)), mixed_targets, atol=1e-6)
    assert set(mixed.flatten().tolist()) <= {0.0, 1.0}


def test_without_mixing_targets_stay() -> None:
    batch, targets = torch.rand(4, 1, 6, 6), torch.eye(4)
    same, same_targets = blend(batch, targets, OFF, seeded())
    assert same is batch
    assert same_targets is targets
