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


def test_a_copy_of_the_model_gets_a_head_and_the_figures_go_to_files(
    contract: Contract,
    pictures: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    torch.manual_seed(0)
    contract = dataclasses.replace(contract, net="slim:depth=1,width=0.1")
    save(build_net(contract), contract, tmp_path / "model")
    (tmp_path / "model/card.md").write_text("# made\n\nA net.\n", "utf-8")
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    given = ["sequence", tmp_path / "model", pictures, "--framing", "crop", "--steps", "10"]
    given += ["--out", tmp_path / "out", "--name", "steady", "--units", "4", "--clips", "1"]
    given += ["--json", tmp_path / "out.json", "--html", tmp_path / "out.html"]
    chosen = parser.parse_args([*map(str, given)])
    chosen.run(chosen)
    _, kept = load(tmp_path / "out")
    head = load_head(tmp_path / "out", kept)
    assert head is not None
    assert (kept.name, head.labels, head.units) == ("steady", 2, 4)
    assert (tmp_path / "out/card.md").read_text("utf-8").startswith("# steady\n\nA net.\n\n## Over")
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert len(figures["rows"]) == 8 * 9
    assert "sequence head" in (tmp_path / "out.html").read_text("utf-8")
    assert "switches at once" in capsys.readouterr().out
    assert Contract.read(tmp_path / "model/contract.json") == contract
