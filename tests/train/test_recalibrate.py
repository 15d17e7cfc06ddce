from __future__ import annotations

import argparse
import dataclasses
import zipfile
from pathlib import Path

import pytest
import torch
from torch import nn

from face_detect.command import InputError
from train.checkpoint import load, save
from train.commands import calibrate as command
from train.contract import Contract
from train.data.dataset import Dataset
from train.data.open_dataset import open_dataset
from train.nets import build_net
from train.recalibrate import recalibrate


class Bright(nn.Module):
    """Says "happy" of bright crops, far too surely."""

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        level = batch.mean((1, 2, 3))
        return torch.stack([8 * level, -8 * level], dim=1)


@pytest.fixture
def doubled(dataset: Path) -> Dataset:
    """All pictures, and each once more with the label wrong in every fifth."""
    found = open_dataset(dataset)
    wrong = [
        dataclasses.replace(record, labels={"emotion": "sad" if i % 5 else "happy"})
        for i, record in enumerate(found.records)
        if record.labels["emotion"] == "sad"
    ]
    return dataclasses.replace(found, records=(*found.records, *wrong))


def test_a_net_that_is_too_sure_gets_a_temperature_above_one(
    contract: Contract, doubled: Dataset
) -> None:
    (head,) = recalibrate(Bright(), contract, doubled).heads
    assert head.temperature > 2
    assert head.uncertain_below > 0.5


def test_the_old_temperature_does_not_change_the_new_one(
    contract: Contract, doubled: Dataset
) -> None:
    hot = dataclasses.replace(
        contract, heads=(dataclasses.replace(contract.heads[0], temperature=3.0),)
    )
    assert recalibrate(Bright(), hot, doubled) == recalibrate(Bright(), contract, doubled)


def test_too_few_pictures_are_refused(contract: Contract, dataset: Path) -> None:
    with pytest.raises(InputError, match="fewer than 50 faces"):
        recalibrate(Bright(), contract, open_dataset(dataset, "test"))


def test_the_command_writes_the_contract_and_leaves_the_weights(
    contract: Contract, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.manual_seed(0)
    folder = tmp_path / "model"
    save(build_net(contract), contract, folder)
    with zipfile.ZipFile(dataset, "a") as archive:
        for i in range(60):
            label = "happy" if i % 2 else "sad"
            content = archive.read(f"train/{label}/{i % 40:03}.png")
            archive.writestr(f"valid/{label}/{i:03}.png", content)
    weights = (folder / "model.safetensors").read_bytes()
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["calibrate", str(folder), str(dataset), "--split", "valid"])
    chosen.run(chosen)
    assert load(folder)[1].heads[0].uncertain_below > 0
    assert (folder / "model.safetensors").read_bytes() == weights
    assert "temperature 1 →" in capsys.readouterr().out
