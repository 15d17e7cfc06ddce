from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from face_detect.command import InputError
from train.contract import Contract, Head
from train.data import open_dataset
from train.draws import Worker
from train.inputs import normalise
from train.options import Augment, FitOptions
from train.samples import HeadSamples, Samples, batches, load_samples, order_of


def made(counts: tuple[int, ...]) -> Samples:
    targets = torch.cat([torch.full((count,), label) for label, count in enumerate(counts)])
    pixels = np.zeros((len(targets), 8, 8, 1), np.uint8)
    return Samples(pixels=pixels, targets=targets, classes=len(counts))


def test_unbalanced_every_sample_comes_once() -> None:
    order = order_of(made((90, 10)), 0, torch.Generator().manual_seed(0))
    assert sorted(order.tolist()) == list(range(100))


def test_balanced_fully_every_label_comes_as_often() -> None:
    samples = made((9000, 900, 100))
    order = order_of(samples, 1, torch.Generator().manual_seed(0))
    shares = torch.bincount(samples.targets[order]) / len(order)
    assert shares.tolist() == pytest.approx([1 / 3] * 3, abs=0.03)


def test_half_balanced_the_shares_are_the_roots() -> None:
    samples = made((8100, 900))
    order = order_of(samples, 0.5, torch.Generator().manual_seed(0))
    shares = torch.bincount(samples.targets[order]) / len(order)
    assert shares.tolist() == pytest.approx([0.75, 0.25], abs=0.03)


def test_an_epoch_has_whole_batches_only(contract: Contract) -> None:
    found = list(batches(made((30, 7)), contract.input, FitOptions(batch=8), 0, Worker()))
    assert [len(batch.inputs) for batch in found] == [8] * 4


def test_one_seed_gives_the_same_batches(contract: Contract, dataset: Path) -> None:
    samples, _ = load_samples(open_dataset(dataset, "train").records, contract)
    options = FitOptions(batch=8, augment=Augment(noise=0.1, blur=0.5, jpeg=0.5, mixup=0.5))
    first, second = (list(batches(samples, contract.input, options, 3, Worker())) for _ in range(2))
    assert all(torch.equal(a.inputs, b.inputs) for a, b in zip(first, second, strict=True))
    assert all(torch.equal(a.targets, b.targets) for a, b in zip(first, second, strict=True))


def test_what_validation_sees_is_what_the_export_s_own_path_makes(
    contract: Contract, dataset: Path
) -> None:
    records = open_dataset(dataset, "test").records
    samples, _ = load_samples(records, contract)
    from train.inputs import whole

    crops = np.stack([whole(record.picture(), contract.input.size) for record in records])
    expected = normalise(crops, contract.input).transpose(0, 3, 1, 2)
    assert np.array_equal(samples.inputs(torch.arange(len(records)), contract.input), expected)


def test_a_label_that_the_contract_does_not_have_is_named(
    contract: Contract, dataset: Path
) -> None:
    other = dataclasses.replace(contract, heads=(Head(name="emotion", labels=("sad", "angry")),))
    with pytest.raises(InputError, match=r"happy/.*: label 'happy' is not one of"):
        load_samples(open_dataset(dataset, "train").records, other)


def test_processes_that_train_together_share_an_epoch_out(contract: Contract) -> None:
    targets = torch.arange(64)
    pixels = np.zeros((64, 8, 8, 1), np.uint8)
    samples = Samples(pixels=pixels, targets=targets, classes=64)
    options = FitOptions(batch=8, label_smoothing=0.0, balance=0.0)
    seen = [
        int(target)
        for number in range(2)
        for batch in batches(samples, contract.input, options, 0, Worker(number=number, count=2))
        for target in batch.targets.argmax(1)
    ]
    assert sorted(seen) == list(range(64))


def test_a_picture_is_changed_alike_whichever_process_shows_it(contract: Contract) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 8, 8, 1), np.uint8)
    samples = Samples(pixels=pixels, targets=torch.arange(32), classes=32)
    every = Augment(noise=0.2, blur=0.5, jpeg=0.5, erase=0.5)

    def shown(batch: int, *workers: Worker) -> dict[int, torch.Tensor]:
        options = FitOptions(batch=batch, label_smoothing=0.0, balance=0.0, augment=every)
        found = [
            batch
            for worker in workers
            for batch in batches(samples, contract.input, options, 0, worker)
        ]
        return {
            int(label): picture
            for batch in found
            for label, picture in zip(batch.targets.argmax(1), batch.inputs, strict=True)
        }

    alone = shown(16, Worker())
    together = shown(8, Worker(number=0, count=2), Worker(number=1, count=2))
    assert len(alone) == 32
    assert all(torch.allclose(alone[i], together[i], atol=1e-6) for i in range(32))


def test_a_batch_is_the_same_when_those_before_it_are_passed_over(
    contract: Contract, dataset: Path
) -> None:
    samples, _ = load_samples(open_dataset(dataset, "train").records, contract)
    options = FitOptions(batch=8, strangers=0.5, augment=Augment(mixup=0.5))
    whole = list(batches(samples, contract.input, options, 3, Worker()))
    rest = list(batches(samples, contract.input, options, 3, Worker(), first=3))
    assert len(rest) == len(whole) - 3
    assert all(torch.equal(a.inputs, b.inputs) for a, b in zip(whole[3:], rest, strict=True))


def test_strangers_come_after_a_batch_s_faces_and_have_no_label(
    contract: Contract, dataset: Path
) -> None:
    samples, _ = load_samples(open_dataset(dataset, "train").records, contract)
    options = FitOptions(batch=8, strangers=0.5, augment=Augment(mixup=0.5))
    for batch in batches(samples, contract.input, options, 3, Worker()):
        assert (len(batch.inputs), len(batch.targets)) == (12, 8)


def two_heads(targets: list[list[int]]) -> HeadSamples:
    pixels = np.zeros((len(targets), 8, 8, 1), np.uint8)
    return HeadSamples(pixels=pixels, targets=torch.tensor(targets), classes=4, sizes=(2, 2))


def test_an_epochs_batches_show_the_planned_shares(contract: Contract) -> None:
    samples = two_heads([[0, -1]] * 70 + [[1, -1]] * 8 + [[-1, 0]] * 12 + [[-1, 1]] * 4)
    options = FitOptions(batch=32, label_smoothing=0.0, balance=1.0, balance_heads=1.0)
    drawn = batches(samples, contract.input, options, 0, Worker())
    shown = torch.stack([batch.targets.sum(0) for batch in drawn]).sum(0)
    assert shown.tolist() == [16, 16, 16, 16]  # of two batches; 30 of the 94 are not shown


@pytest.mark.parametrize("way", ["mixup", "cutmix"])
def test_what_is_blended_of_unknown_heads_stays_nought(contract: Contract, way: str) -> None:
    samples = two_heads([[0, -1], [1, -1]] * 8)
    options = FitOptions(batch=16, label_smoothing=0.1, augment=Augment(**{way: 1.0}))
    (batch,) = batches(samples, contract.input, options, 0, Worker())
    assert not batch.targets[:, 2:].any()
    assert batch.targets[:, :2].sum(1).tolist() == pytest.approx([1.0] * 16)


def test_a_labels_weight_is_its_rarity_among_its_own_heads() -> None:
    samples = two_heads([[0, -1]] * 30 + [[1, 0]] * 10 + [[-1, 1]] * 10)
    assert samples.weights(1).tolist() == pytest.approx([2 / 3, 2, 1, 1])
