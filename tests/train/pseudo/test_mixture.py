from __future__ import annotations

import dataclasses

import numpy as np
import torch

from train.contract import Contract
from train.draws import Worker
from train.options import Augment, FitOptions
from train.pseudo.mixture import at_least, mixture, sample_of
from train.samples import Samples, batches


def made(counts: tuple[int, ...]) -> Samples:
    targets = torch.cat([torch.full((count,), label) for label, count in enumerate(counts)])
    pixels = np.zeros((len(targets), 8, 8, 1), np.uint8)
    return Samples(pixels=pixels, targets=targets, classes=len(counts))


def test_a_sample_has_every_label_in_its_share() -> None:
    assert sample_of(made((100, 40, 2)), 0.1, 0).counts().tolist() == [10, 4, 1]


def test_few_are_shown_again_and_again_with_every_label_in_its_share() -> None:
    shown = at_least(made((60, 60, 60, 60, 60)), 1000, 0)
    assert len(shown) == 1000
    assert all(180 <= count <= 220 for count in shown.counts().tolist())
    enough = made((3, 2))
    assert at_least(enough, 5, 0) is enough


def test_soft_labels_are_learned_as_they_are_and_old_ones_beside_them(contract: Contract) -> None:
    new = dataclasses.replace(made((4, 0)), soft=torch.tensor([[0.7, 0.3]] * 4))
    both = mixture(new, made((0, 4)), 0.2)
    options = FitOptions(batch=8, balance=0, augment=Augment(noise=0, erase=0))
    (batch,) = batches(both, contract.input, options, 0, Worker())
    found = sorted([round(value, 4) for value in row] for row in batch.targets.tolist())
    assert found == [[0.1, 0.9]] * 4 + [[0.7, 0.3]] * 4


def test_samples_with_other_soft_labels_are_other_samples() -> None:
    hard = made((2, 2))
    soft = dataclasses.replace(hard, soft=torch.full((4, 2), 0.5))
    softer = dataclasses.replace(hard, soft=torch.full((4, 2), 0.4))
    assert len({each.fingerprint() for each in (hard, soft, softer)}) == 3


def test_without_old_data_the_new_ones_are_all() -> None:
    new = made((1, 2))
    assert mixture(new, None, 0.1) is new
