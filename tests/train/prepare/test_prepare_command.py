from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

import pytest

from face_detect.command import InputError
from face_detect.crop import CropRule
from tests.train.prepare.conftest import digests
from train.commands import prepare as command
from train.contract import Contract, Crop

OPTIONS = ("--framing", "crop", "--workers", 1, "--portion", 4)


def run(*arguments: str | int | Path) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["prepare", *map(str, arguments)])
    chosen.run(chosen)


def test_it_says_what_there_is_and_once_more_that_it_was_there(
    crops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run(crops, "--out", out, *OPTIONS)
    assert capsys.readouterr().out == f"{out}: 16 faces in 1 shards, 0 MB\nnone was left out\n"
    run(crops, "--out", out, *OPTIONS)
    assert capsys.readouterr().out.endswith("all of it was there already\n")


def test_a_check_needs_no_data_and_changes_nothing(
    crops: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run(crops, "--out", out, *OPTIONS)
    crops.unlink()
    before = digests(out)
    run(out, "--check")
    assert capsys.readouterr().out.endswith("every file is as it was written\n")
    assert digests(out) == before


def test_without_a_folder_to_write_it_says_what_is_missing(crops: Path) -> None:
    with pytest.raises(InputError, match="--out: name the folder to write, or give --check"):
        run(crops)


def test_an_address_is_one_of_ray(crops: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--address: .* needs --engine ray"):
        run(crops, "--out", tmp_path / "out", "--address", "auto")


def test_faces_are_framed_by_the_contract_of_a_model(
    crops: Path, tmp_path: Path, contract: Contract
) -> None:
    wide = dataclasses.replace(contract, crop=Crop(rule=CropRule(scale=1.5)))
    (tmp_path / "model").mkdir()
    wide.write(tmp_path / "model" / "contract.json")
    run(crops, "--out", tmp_path / "out", "--like", tmp_path / "model", *OPTIONS)
    index = json.loads((tmp_path / "out" / "index.json").read_text())
    assert index["crop"] == dataclasses.asdict(wide.crop)
