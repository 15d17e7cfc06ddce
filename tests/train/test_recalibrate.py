from __future__ import annotations

import argparse
import dataclasses
import zipfile
from pathlib import Path

import pytest
import torch
from torch import nn

from face_detect.command import InputError
from train.calibrate import Thresholds
from train.checkpoint import load, save
from train.commands import calibrate as command
from train.contract import Contract
from train.data.dataset import Dataset
from train.data.open_dataset import open_dataset
from train.nets import build_net
from train.recalibrate import recalibrate
from train.sequence.sequence_head import SequenceHead


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


def test_what_is_familiar_to_a_head_stays_unless_it_is_asked_for(
    contract: Contract, doubled: Dataset
) -> None:
    told = dataclasses.replace(contract.heads[0], familiar_above=-50.0)
    before = dataclasses.replace(contract, heads=(told,))
    (kept,) = recalibrate(Bright(), before, doubled).heads
    (asked,) = recalibrate(Bright(), before, doubled, thresholds=Thresholds(familiar=0.95)).heads
    assert kept.familiar_above == -50.0
    assert asked.familiar_above is not None
    assert asked.familiar_above > -50.0


def test_more_answers_than_there_are_familiar_faces_are_refused(
    contract: Contract, doubled: Dataset
) -> None:
    strange = dataclasses.replace(contract.heads[0], familiar_above=1e6)
    message = "less than 90% of the faces are familiar to emotion"
    with pytest.raises(InputError, match=message):
        recalibrate(Bright(), dataclasses.replace(contract, heads=(strange,)), doubled)


def test_too_few_pictures_are_refused(contract: Contract, dataset: Path) -> None:
    with pytest.raises(InputError, match="fewer than 50 faces"):
        recalibrate(Bright(), contract, open_dataset(dataset, "test"))


def calibrate(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["calibrate", *map(str, arguments)])
    chosen.run(chosen)


@pytest.fixture
def model(contract: Contract, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    save(build_net(contract), contract, tmp_path / "model")
    return tmp_path / "model"


def without_parts(dataset: Path, folder: Path) -> Path:
    path = folder / "plain.zip"
    with zipfile.ZipFile(dataset) as source, zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            part, label, file = name.split("/")
            archive.writestr(f"{label}/{part}-{file}", source.read(name))
    return path


def test_data_without_a_valid_part_are_refused_with_what_to_do(model: Path, dataset: Path) -> None:
    message = "no valid part, only test and train; give data that the model has not seen"
    with pytest.raises(InputError, match=message):
        calibrate(model, dataset)


def test_data_without_parts_are_used_whole(
    model: Path, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calibrate(model, without_parts(dataset, tmp_path))
    told = capsys.readouterr().out
    assert "temperature 1 →" in told
    assert "card" not in told


def test_asked_for_familiar_faces_alone_it_keeps_temperature_and_threshold(
    model: Path, dataset: Path, tmp_path: Path
) -> None:
    contract = Contract.read(model / "contract.json")
    chosen = dataclasses.replace(contract.heads[0], temperature=1.7, uncertain_below=0.7)
    dataclasses.replace(contract, heads=(chosen,)).write(model / "contract.json")
    calibrate(model, without_parts(dataset, tmp_path), "--familiar", "0.95")
    (head,) = Contract.read(model / "contract.json").heads
    assert (head.temperature, head.uncertain_below) == (1.7, 0.7)
    assert head.familiar_above is not None


def test_a_head_that_follows_answers_of_another_temperature_is_to_be_taught_anew(
    model: Path, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = Contract.read(model / "contract.json")
    described = SequenceHead(labels=2, units=4).described(contract.heads[0])
    dataclasses.replace(contract, sequence=described).write(model / "contract.json")
    data = without_parts(dataset, tmp_path)
    calibrate(model, data)
    assert f"teach it anew: python -m train sequence {model} DATA" in capsys.readouterr().out
    assert Contract.read(model / "contract.json").sequence == described
    calibrate(model, data)  # the temperature is the same again
    assert "teach it anew" not in capsys.readouterr().out


def test_the_data_that_fit_held_pictures_out_of_are_refused(
    model: Path, dataset: Path, tmp_path: Path
) -> None:
    (model / "held_out.txt").write_text("happy/train-001.png\nsad/train-002.png\n", "utf-8")
    with pytest.raises(InputError, match="is what the model was trained on"):
        calibrate(model, without_parts(dataset, tmp_path))


def test_what_fit_held_back_is_calibrated_by_where_there_is_no_valid_part(
    model: Path, dataset: Path
) -> None:
    with zipfile.ZipFile(dataset, "a") as archive:
        for i in range(60):
            label = "happy" if i % 2 else "sad"
            content = archive.read(f"train/{label}/{i % 40:03}.png")
            archive.writestr(f"train/{label}/back-{i:03}.png", content)
        names = [name for name in archive.namelist() if "back-" in name]
    with pytest.raises(InputError, match="has no valid part"):
        calibrate(model, dataset)
    (model / "held_back.txt").write_text("\n".join(names), "utf-8")
    calibrate(model, dataset, "--coverage", "0.8")
    net, contract = load(model)
    whole = open_dataset(dataset)
    kept = tuple(record for record in whole.records if record.name in names)
    assert len(kept) == 60
    back = dataclasses.replace(whole, records=kept)
    assert recalibrate(net, contract, back, thresholds=Thresholds(coverage=0.8)) == contract


def test_the_command_writes_the_contract_and_leaves_the_weights(
    model: Path, dataset: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (model / "card.md").write_text("old")
    with zipfile.ZipFile(dataset, "a") as archive:
        for i in range(60):
            label = "happy" if i % 2 else "sad"
            content = archive.read(f"train/{label}/{i % 40:03}.png")
            archive.writestr(f"valid/{label}/{i:03}.png", content)
    weights = (model / "model.safetensors").read_bytes()
    calibrate(model, dataset)
    assert load(model)[1].heads[0].uncertain_below > 0
    assert (model / "model.safetensors").read_bytes() == weights
    told = capsys.readouterr().out
    assert "temperature 1 →" in told
    assert "card.md: has the old contract's figures; write the card anew" in told
