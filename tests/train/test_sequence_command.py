from __future__ import annotations

import argparse
import dataclasses
import json
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from face_detect.command import InputError
from train.checkpoint import load, save
from train.commands import sequence as command
from train.contract import Contract
from train.nets import build_net
from train.sequence.checkpoint import load_head


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    random = np.random.default_rng(0)
    path = tmp_path / "made.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(44):
            picture = random.integers(0, 256, (32, 32), dtype=np.uint8)
            data = cv2.imencode(".png", picture)[1].tobytes()
            archive.writestr(f"test/{('happy', 'sad')[i % 2]}/{i:03}.png", data)
    return path


@pytest.fixture
def model(contract: Contract, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    contract = dataclasses.replace(contract, net="slim:depth=1,width=0.1")
    save(build_net(contract), contract, tmp_path / "model")
    (tmp_path / "model/card.md").write_text("# made\n\nA net.\n", "utf-8")
    return tmp_path / "model"


def run(model: Path, pictures: Path, *more: str | Path) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    quick = ("--framing", "crop", "--steps", "10", "--units", "4", "--clips", "1")
    chosen = parser.parse_args(["sequence", *map(str, (model, pictures, *quick, *more))])
    chosen.run(chosen)


def test_a_copy_of_the_model_gets_a_head(model: Path, pictures: Path, tmp_path: Path) -> None:
    before = {file.name: file.read_bytes() for file in model.iterdir()}
    run(model, pictures, "--out", tmp_path / "out", "--name", "steady")
    _, kept = load(tmp_path / "out")
    head = load_head(tmp_path / "out", kept)
    assert head is not None
    assert (kept.name, head.labels, head.units) == ("steady", 2, 4)
    assert (tmp_path / "out/card.md").read_text("utf-8").startswith("# steady\n\nA net.\n\n## Over")
    assert {file.name: file.read_bytes() for file in model.iterdir()} == before


def test_its_figures_go_to_the_terminal_and_to_files(
    model: Path, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = (tmp_path / "out.json", tmp_path / "out.html")
    run(model, pictures, "--out", tmp_path / "out", "--json", files[0], "--html", files[1])
    rows = json.loads(files[0].read_text("utf-8"))["rows"]
    assert {(row["rate_hz"], row["onset_s"]) for row in rows} == {
        (rate_hz, onset_s) for rate_hz in (4, 8, 15, 30) for onset_s in (0, 0.5)
    }
    assert "sequence head" in files[1].read_text("utf-8")
    assert "switches at once" in capsys.readouterr().out


def test_the_model_is_never_written_over(model: Path, pictures: Path) -> None:
    with pytest.raises(InputError, match="is MODEL itself"):
        run(model, pictures, "--out", model)
