from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path

import pytest
import torch
from torch import nn

from face_detect.command import InputError
from train.contract import Contract, Head
from train.data import open_dataset
from train.fit import Epoch, FitOptions, fit, load_samples
from train.run import split


def train(contract: Contract, dataset: Path, checkpoint: Path, epochs: int) -> dict[str, object]:
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Conv2d(1, 4, 3, 2), nn.BatchNorm2d(4), nn.Flatten(), nn.Dropout(), nn.LazyLinear(2)
    )
    net(torch.zeros(2, 1, 32, 32))
    samples = load_samples(list(open_dataset(dataset, "train").records), contract)
    options = FitOptions(epochs=2, batch=16)
    seen: list[Epoch] = []

    def stop_after(epoch: Epoch) -> None:
        seen.append(epoch)
        if epoch.number + 1 == epochs:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        fit(
            net,
            contract,
            samples,
            samples,
            options=options,
            checkpoint=checkpoint,
            on_epoch=stop_after,
        )
    return dict(net.state_dict())


def test_a_run_taken_up_again_ends_as_one_that_was_never_broken(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    train(contract, dataset, tmp_path / "broken.pt", epochs=1)
    resumed = train(contract, dataset, tmp_path / "broken.pt", epochs=2)
    unbroken = train(contract, dataset, tmp_path / "whole.pt", epochs=2)
    assert all(torch.equal(resumed[key], unbroken[key]) for key in unbroken)  # type: ignore[arg-type]


def test_the_part_held_back_shares_nothing_with_the_rest(dataset: Path) -> None:
    records = list(open_dataset(dataset, "train").records)
    kept, held_back = split(records, seed=0)
    assert not {record.name for record in kept} & {record.name for record in held_back}
    assert len(kept) + len(held_back) == len(records)


def test_too_few_pictures_to_hold_some_back_are_refused(dataset: Path) -> None:
    with pytest.raises(InputError, match="too few"):
        split(list(open_dataset(dataset, "train").records)[:1], seed=0)


def test_a_label_that_training_did_not_have_is_named(contract: Contract, dataset: Path) -> None:
    other = dataclasses.replace(contract, heads=(Head(name="emotion", labels=("sad", "angry")),))
    with pytest.raises(InputError, match=r"happy/.*: label 'happy' is unknown"):
        load_samples(list(open_dataset(dataset, "train").records), other)


def test_a_checkpoint_of_other_settings_is_not_taken_up(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    train(contract, dataset, tmp_path / "last.pt", epochs=1)
    samples = load_samples(list(open_dataset(dataset, "train").records), contract)
    with pytest.raises(InputError, match="a run with other data or settings"):
        fit(
            nn.Conv2d(1, 1, 1),
            contract,
            samples,
            samples,
            options=FitOptions(batch=16),
            checkpoint=tmp_path / "last.pt",
        )
