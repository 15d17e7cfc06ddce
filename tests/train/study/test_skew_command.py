from __future__ import annotations

import argparse
import json
import zipfile
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.commands import fit, skew

from .conftest import one_thread, pack

FIT = (
    "--net", "dense:width=16", "--size", "16", "--epochs", "3", "--batch", "8", "--optimizer",
    "adam", "--rate", "0.01", "--ema", "0", "--valid", "0.3", "--brightness", "0", "--contrast",
    "0", "--erase", "0", "--accelerator", "cpu",
)  # fmt: skip


def run(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    for each in (fit, skew):
        each.add(commands)
    chosen = parser.parse_args([*map(str, arguments)])
    with one_thread():
        chosen.run(chosen)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(tmp_path_factory.mktemp("data") / "made.zip", ("happy", "sad"), each=140)


@pytest.fixture(scope="module")
def model(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It has learned from a hundred happy pictures and two sad ones."""
    folder = tmp_path_factory.mktemp("model")
    run(
        "fit", data, "--name", "made", "--out", folder / "made", "--runs", folder / "runs",
        "--most", "sad=2", "--balance", "0", *FIT,
    )  # fmt: skip
    return folder / "made"


def test_a_planted_skew_is_named(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("skew", model, data, "--json", tmp_path / "out.json", "--html", tmp_path / "out.html")
    (found,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["data"]
    verdicts = {item["label"]: item["verdict"] for item in found["skew"]["labels"]}
    assert verdicts == {"happy": "over-predicted", "sad": "under-predicted"}
    assert found["part"] == "test"
    assert "Skewed: happy is said of" in " ".join(capsys.readouterr().out.split())
    page = (tmp_path / "out.html").read_text("utf-8")
    assert "over-predicted" in page
    assert "://" not in page


def test_each_dataset_is_told_by_itself(model: Path, data: Path, tmp_path: Path) -> None:
    other = pack(tmp_path / "other.zip", ("happy", "sad"), seed=5)
    run("skew", model, data, other, "--json", tmp_path / "out.json")
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))["data"]
    assert [each["data"] for each in found] == ["made.zip", "other.zip"]


def test_what_the_parts_share_is_told(model: Path, tmp_path: Path) -> None:
    shared = pack(tmp_path / "shared.zip", ("happy", "sad"))
    with zipfile.ZipFile(shared, "a") as archive:
        for i in range(3):
            archive.writestr(f"train/sad/copy{i}.png", archive.read(f"test/sad/0-{i:03}.png"))
    run("skew", model, shared, "--json", tmp_path / "out.json")
    (found,) = json.loads((tmp_path / "out.json").read_text("utf-8"))["data"]
    assert found["shared"]["exact"] == 3


def test_more_pictures_of_a_label_mend_its_skew(
    model: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        "skew", model, data, "--top-up", data, "--labels", "sad", "--amounts", "80", "--seeds",
        "0", "--out", tmp_path / "study", "--json", tmp_path / "out.json", "--html",
        tmp_path / "out.html", "--accelerator", "cpu",
    )  # fmt: skip
    before, after = json.loads((tmp_path / "out.json").read_text("utf-8"))["top_up"]
    assert (before["amount"], after["amount"]) == (0, 80)
    assert before["surplus"]["sad"]["mean"] < -0.2
    assert after["figures"]["moved"]["mean"] < before["figures"]["moved"]["mean"] / 2
    assert after["figures"]["macro_recall"]["mean"] > before["figures"]["macro_recall"]["mean"]
    assert "Skew, macro recall and macro F1" in (tmp_path / "out.html").read_text("utf-8")
    names = sorted(path.name for path in (tmp_path / "study" / "runs").iterdir())
    assert names == ["80-added-seed0-001", "as-it-was-seed0-001"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--top-up", "x.zip"), "--top-up needs --labels"),
        (("--top-up", "x.zip", "--labels", "bored"), "--labels: 'bored' is not one of happy, sad"),
        (("--html", "x.txt"), r"x\.txt: its name must end with \.html"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_read(
    model: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        run("skew", model, "none.zip", *arguments)


def test_too_few_pictures_to_add_are_told(model: Path, data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has \d+ pictures of 'sad' that training, validation"):
        run(
            "skew", model, data, "--top-up", data, "--labels", "sad", "--amounts", "999",
            "--out", tmp_path / "study", "--accelerator", "cpu",
        )  # fmt: skip
