from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.checkpoint import save
from train.commands import explore as command
from train.contract import Contract
from train.nets import build_net


def run(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["explore", *map(str, arguments)])
    chosen.run(chosen)


def test_one_file_is_written_and_named(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(dataset, "--out", tmp_path / "made.html")
    told = capsys.readouterr()
    assert "50 pictures, 0 left out" in told.out
    assert str(tmp_path / "made.html") in told.out
    assert told.err == ""
    assert "</html>" in (tmp_path / "made.html").read_text(encoding="utf-8")


def test_a_model_is_named_as_the_one_who_doubts(
    dataset: Path, contract: Contract, tmp_path: Path
) -> None:
    save(build_net(contract), contract, tmp_path / "model")
    run(dataset, "--model", tmp_path / "model", "--out", tmp_path / "made.html")
    page = (tmp_path / "made.html").read_text(encoding="utf-8")
    assert "made is sure of another label" in page


def test_a_head_that_the_model_does_not_answer_is_refused(
    dataset: Path, contract: Contract, tmp_path: Path
) -> None:
    save(build_net(contract), contract, tmp_path / "model")
    with pytest.raises(InputError, match="answers emotion, not mood"):
        run(
            dataset, "--head", "mood",
            "--model", tmp_path / "model", "--out", tmp_path / "made.html",
        )  # fmt: skip
    assert not (tmp_path / "made.html").exists()


def test_the_folders_are_labels_of_the_head_that_was_named(dataset: Path, tmp_path: Path) -> None:
    run(dataset, "--head", "mood", "--out", tmp_path / "made.html")
    page = (tmp_path / "made.html").read_text(encoding="utf-8")
    assert "those of mood" in page


def test_a_file_in_no_folder_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its folder does not exist"):
        run("no-data", "--out", tmp_path / "no" / "made.html")
