from __future__ import annotations

from collections import Counter

import pytest
import torch
from torch import Tensor

from train.draw_epoch import draw_epoch, planned_shares

# Emotion is known of 800, 700 of them happy; gender and mask of 200, 20 of them worn by men.
EMOTION = [[0, -1, -1]] * 700 + [[1, -1, -1]] * 100
OTHERS = [[-1, 0, 0]] * 100 + [[-1, 1, 0]] * 80 + [[-1, 1, 1]] * 20
TARGETS = torch.tensor(EMOTION + OTHERS)


def drawn(balance: float, balance_heads: float, seed: int = 0) -> Tensor:
    return draw_epoch(TARGETS, balance, balance_heads, torch.Generator().manual_seed(seed))


def counts(order: Tensor) -> Counter[tuple[int, ...]]:
    return Counter(tuple(row) for row in TARGETS[order].tolist())


def test_without_balance_an_epoch_shows_every_picture_once() -> None:
    assert sorted(drawn(0, 0).tolist()) == list(range(1000))


@pytest.mark.parametrize("seed", range(3))
def test_heads_and_classes_come_in_the_planned_shares_and_an_epoch_is_as_long(seed: int) -> None:
    found = counts(drawn(1, 1, seed))
    assert found.total() == 1000
    assert found[0, -1, -1] == found[1, -1, -1] == 250
    for known in ((-1, 0, 0), (-1, 1, 0), (-1, 1, 1)):
        assert abs(found[known] - 500 / 3) < 1


def test_half_balanced_the_shares_are_the_roots() -> None:
    found = counts(drawn(0, 0.5))
    assert found[0, -1, -1] + found[1, -1, -1] == pytest.approx(1000 * 2 / 3, abs=1)
    assert found[0, -1, -1] == pytest.approx(1000 * 2 / 3 * 7 / 8, abs=1)


def test_no_picture_comes_twice_before_all_like_it_came_once() -> None:
    times = torch.bincount(drawn(0.5, 0.5), minlength=1000)
    for share in planned_shares(TARGETS, 0.5, 0.5):
        own = times[share.places]
        assert own.max() - own.min() <= 1


def test_a_share_of_less_than_a_picture_an_epoch_is_drawn_now_and_then() -> None:
    targets = torch.tensor([[0, -1]] + [[1, -1]] * 99 + [[-1, 0]] * 4 + [[-1, 1]] * 4)
    epochs = [draw_epoch(targets, 0, 1, torch.Generator().manual_seed(seed)) for seed in range(40)]
    with_it = sum(0 in order for order in epochs)
    assert 0 < with_it < 40


def test_a_seed_draws_the_same_epoch_again() -> None:
    assert torch.equal(drawn(0.5, 0.5), drawn(0.5, 0.5))
    assert not torch.equal(drawn(0.5, 0.5), drawn(0.5, 0.5, seed=1))
