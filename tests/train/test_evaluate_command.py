from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from face_detect.command import InputError
from train.checkpoint import save
from train.commands import evaluate as command
from train.contract import Contract
from train.data.open_dataset import open_dataset
from train.nets import build_net


@pytest.fixture
def model(contract: Contract, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    save(build_net(contract), contract, tmp_path / "model")
    return tmp_path / "model"


def run(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["evaluate", *map(str, arguments)])
    chosen.run(chosen)


def test_figures_go_to_json_and_pictures_to_html(
    model: Path, dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (model / "contract.json").read_bytes()
    run(model, dataset, "--json", tmp_path / "out.json", "--html", tmp_path / "out.html")
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert figures["pictures"] == 10
    assert set(figures["recall"]) == {"happy", "sad"}
    assert {"accuracy", "macro_f1"} <= set(figures)
    page = (tmp_path / "out.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") >= 10
    assert "://" not in page
    assert figures["part"] == "test"
    assert "Judged on the test part" in page
    told = capsys.readouterr().out
    assert "macro F1" in told
    assert "Judged on the test part" in told
    assert (model / "contract.json").read_bytes() == before


def test_photos_without_a_face_are_errors(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for label in ("happy", "sad"):
        (tmp_path / "data" / label).mkdir(parents=True)
        cv2.imwrite(str(tmp_path / "data" / label / "1.png"), np.full((96, 96), 128, np.uint8))
    run(
        model, tmp_path / "data", "--framing", "photo",
        "--json", tmp_path / "out.json", "--html", tmp_path / "out.html",
    )  # fmt: skip
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert figures["accuracy"] == 0.0
    assert figures["heads"]["emotion"]["unanswered"] == {"happy": 1, "sad": 1}
    assert figures["problems"] == {"no face found": 2}
    assert figures["heads"]["emotion"]["faces_found"] == 0
    assert "in 2 of 2 pictures none was" in " ".join(capsys.readouterr().out.split())
    assert "in 2 of 2 pictures none was" in (tmp_path / "out.html").read_text("utf-8")


def test_pictures_without_labels_are_judged_by_stability(model: Path, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    random = np.random.default_rng(0)
    for i in range(3):
        picture = random.integers(0, 255, (48, 48), dtype=np.uint8)
        cv2.imwrite(str(tmp_path / "plain" / f"{i}.png"), picture)
    run(
        model, tmp_path / "plain", "--framing", "crop",
        "--json", tmp_path / "out.json", "--html", tmp_path / "out.html",
    )  # fmt: skip
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert "accuracy" not in figures
    assert figures["stability"]["emotion"]["whole"]["pictures"] == 3
    assert "how stable the answers are" in (tmp_path / "out.html").read_text("utf-8")


def test_stability_of_no_face_is_a_dash(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plain").mkdir()
    cv2.imwrite(str(tmp_path / "plain" / "1.png"), np.full((96, 96), 128, np.uint8))
    run(model, tmp_path / "plain", "--framing", "photo", "--html", tmp_path / "out.html")
    assert "all 1 0.0% – – – – –" in " ".join(capsys.readouterr().out.split())
    assert '<span class="soft">flip</span><b>–</b>' in (tmp_path / "out.html").read_text("utf-8")


def test_labels_that_the_model_does_not_know_are_counted(
    model: Path, dataset: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(dataset, "a") as archive:
        archive.writestr("test/bored/1.png", archive.read("test/sad/000.png"))
    run(model, dataset, "--json", tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["heads"]["emotion"][
        "unlabelled"
    ] == 1  # fmt: skip


def test_a_label_without_pictures_is_null_and_a_dash(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data" / "happy").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "data" / "happy" / "1.png"), np.full((48, 48), 128, np.uint8))
    run(
        model, tmp_path / "data",
        "--json", tmp_path / "out.json", "--html", tmp_path / "out.html",
    )  # fmt: skip
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert figures["recall"]["sad"] is None
    assert figures["heads"]["emotion"]["skew"]["labels"]["sad"]["ratio"] is None
    page = (tmp_path / "out.html").read_text("utf-8")
    assert '<td>sad</td><td class="n">0</td><td class="n">–</td>' in page
    assert "training may have seen them" in page
    told = " ".join(capsys.readouterr().out.split())
    assert "sad 0 – – –" in told
    assert "labels that have pictures, which sad has not" in told


def test_of_the_data_that_fit_held_pictures_out_of_only_those_are_judged(
    model: Path, tmp_path: Path
) -> None:
    for label in ("happy", "sad"):
        (tmp_path / "data" / label).mkdir(parents=True)
        for i in range(3):
            picture = np.full((48, 48), 60 * i, np.uint8)
            cv2.imwrite(str(tmp_path / "data" / label / f"{i}.png"), picture)
    names = [record.name for record in open_dataset(tmp_path / "data").records]
    (model / "held_out.txt").write_text(f"{names[0]}\n{names[-1]}\n", "utf-8")
    run(model, tmp_path / "data", "--json", tmp_path / "out.json")
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (figures["part"], figures["pictures"]) == ("held out by fit", 2)


def test_a_model_that_is_not_there_is_named(dataset: Path) -> None:
    with pytest.raises(InputError, match="no-such-model: is neither a folder"):
        run("no-such-model", dataset)
