from __future__ import annotations

import torch

from train.augment import Augment

STILL = Augment(rotate_degrees=0, scale=0, shift=0, contrast=0, brightness=0, erase_chance=0)


def test_with_everything_off_a_picture_is_itself_or_its_mirror_image() -> None:
    batch = torch.rand(16, 1, 8, 8)
    changed = STILL(batch, torch.Generator().manual_seed(0))
    for before, after in zip(batch, changed, strict=True):
        mirrored = torch.allclose(after, before.flip(-1), atol=1e-5)
        assert mirrored or torch.allclose(after, before, atol=1e-5)


def test_one_seed_gives_one_result() -> None:
    batch = torch.rand(4, 3, 16, 16)
    first, second = (Augment()(batch, torch.Generator().manual_seed(5)) for _ in range(2))
    assert torch.equal(first, second)


def test_erasing_greys_out_a_part_and_not_the_whole() -> None:
    batch = torch.ones(64, 1, 32, 32)
    erased = Augment(rotate_degrees=0, scale=0, shift=0, contrast=0, brightness=0, erase_chance=1)(
        batch, torch.Generator().manual_seed(0)
    )
    share = (erased == 0).float().mean().item()
    assert 0 < share < 0.25
