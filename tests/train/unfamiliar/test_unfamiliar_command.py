from __future__ import annotations

import argparse
import dataclasses
import json
import zipfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from face_detect.command import InputError
from train.checkpoint import save
from train.commands import unfamiliar as command
from train.contract import Contract
from train.crops import AskedFraming, Crops, crops_of
from train.data.dataset import Dataset
from train.nets import build_net
from train.unfamiliar import judge_unfamiliar


@pytest.fixture
def model(contract: Contract, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    head = dataclasses.replace(contract.heads[0], familiar_above=0.0)
    small = dataclasses.replace(contract, net="slim:width=0.2,depth=1", heads=(head,))
    save(build_net(small), small, tmp_path / "model")
    return tmp_path / "model"


def run(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["unfamiliar", *map(str, arguments)])
    chosen.run(chosen)


def test_every_kind_is_told_of_and_written(
    model: Path, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "walls" / "happy").mkdir(parents=True)  # so that it does not pass for a photo
    wall = np.random.default_rng(0).integers(0, 256, (96, 96, 3), dtype=np.uint8)
    cv2.imwrite(str(tmp_path / "walls" / "happy" / "1.png"), wall)
    run(
        model, dataset, "--count", "10", "--framing", "crop", "--photos", tmp_path / "walls",
        "--also", f"wall={tmp_path / 'walls'}", "--json", tmp_path / "out.json",
    )  # fmt: skip
    (head,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["heads"]
    kinds = {kind["name"]: kind for kind in head["kinds"]}
    assert [*kinds] == ["no face", "noise", "cartoon", "hand, drawn", "mask, drawn", "wall"]
    assert [kind["pictures"] for kind in kinds.values()] == [10] * 5 + [1]
    assert kinds["noise"]["flagged_by_contract"] is not None
    told = capsys.readouterr().out
    assert "10 faces of made.zip (test)" in told
    assert all(name in told for name in kinds)


def test_faces_are_read_by_the_table_that_the_model_was_fitted_with(
    model: Path, dataset: Path
) -> None:
    table = "head,label,from,is\nemotion,happy,emotion,happy\nemotion,sad,emotion,sad\n"
    (model / "task.csv").write_text(table, "utf-8")
    with zipfile.ZipFile(dataset, "a") as archive:
        archive.writestr("test/cross/0.png", archive.read("test/sad/000.png"))
    with pytest.raises(InputError, match="no row of 'emotion' from here on covers emotion 'cross'"):
        run(model, dataset, "--framing", "crop")


def test_pictures_of_ones_own_kind_are_framed_by_themselves(
    model: Path, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "masked" / "happy").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "masked" / "happy" / "1.png"), np.full((96, 96, 3), 128, np.uint8))
    framings = {}

    def noted(data: Dataset, *rest: Any, framing: AskedFraming, **options: Any) -> Crops:
        framings[data.name] = framing
        return crops_of(data, *rest, framing=framing, **options)

    monkeypatch.setattr(judge_unfamiliar, "crops_of", noted)
    also = f"mask={tmp_path / 'masked'}"
    run(model, dataset, "--count", "10", "--framing", "crop", "--also", also)
    assert framings == {"made.zip": "crop", "masked": "auto"}


def test_a_kind_without_a_name_is_refused(model: Path, dataset: Path) -> None:
    with pytest.raises(InputError, match="is not NAME=DATA"):
        run(model, dataset, "--also", str(dataset))


def test_no_data_are_written_over(model: Path, dataset: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}", "utf-8")
    with pytest.raises(InputError, match="is read from, so it cannot be written to"):
        run(model, dataset, "--also", f"other={other}", "--json", other)
    with pytest.raises(InputError, match=r"its name must end with \.json"):
        run(model, dataset, "--json", dataset)


def test_probabilities_are_refused(contract: Contract, dataset: Path, tmp_path: Path) -> None:
    sure = dataclasses.replace(contract, output="probabilities", net="slim:width=0.2,depth=1")
    save(build_net(sure), sure, tmp_path / "sure")
    with pytest.raises(InputError, match="no energy to judge by"):
        run(tmp_path / "sure", dataset)
