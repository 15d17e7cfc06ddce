"""Killed at any moment, and started again: the rounds are those of a command left alone."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.train.killed import die, is_killed
from train import checkpoint, copy_judged, keep_model
from train.nets import build_net
from train.records import DONE, RunRecord
from train.resume import LAST

from .conftest import Made
from .test_pseudo_command import asked, run

FIRST, SECOND = "replay-seed0-round1-001", "replay-seed0-round2-001"


def labelled(folder: str) -> None:
    """Before the round learns from the faces that it chose."""
    real = RunRecord.say

    def say(self: RunRecord, line: str) -> None:
        real(self, line)
        if self.folder.name == folder:
            die()

    RunRecord.say = say  # type: ignore[method-assign]


def between_epochs(folder: str) -> None:
    """The first is kept, the second not yet noted."""
    real = RunRecord.epoch

    def epoch(self: RunRecord, number: int, figures: Mapping[str, float]) -> None:
        if self.folder.name == folder and number == 1:
            assert (self.folder / LAST).exists()
            die()
        real(self, number, figures)

    RunRecord.epoch = epoch  # type: ignore[method-assign]


def while_the_model_is_kept(folder: str) -> None:
    """Its weights are written, the rest is not."""
    real = checkpoint.save

    def save(net: Any, contract: Any, staging: Path) -> None:
        real(net, contract, staging)
        if contract.name in folder:
            die()

    keep_model.save = save  # type: ignore[assignment, attr-defined]


def finished(folder: str) -> None:
    """And nothing is cleared away."""
    real = RunRecord.finish

    def finish(self: RunRecord, figures: Mapping[str, Any]) -> None:
        real(self, figures)
        if self.folder.name == folder:
            assert (self.folder / LAST).exists()
            die()

    RunRecord.finish = finish  # type: ignore[method-assign]


def command(made: Made, folder: Path) -> list[str]:
    return asked(made, folder, "--epochs", "2")


def left_by(study: Path) -> dict[str, Any]:
    """All that later rounds and a reader go by, but for times."""
    files = [*study.glob("runs/*/chosen.csv"), *study.glob("runs/*/best.pt")]
    models = [study / "models" / name for name in (FIRST, SECOND)]
    files += [model / name for model in models for name in ("model.safetensors", "contract.json")]
    found: dict[str, Any] = {str(path.relative_to(study)): path.read_bytes() for path in files}
    found["folders"] = {str(path.relative_to(study)) for path in study.glob("*/*")}
    return found | {"rounds": json.loads((study / "rounds.json").read_text("utf-8"))["courses"]}


@pytest.fixture(scope="module")
def whole(made: Made, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("whole")
    run(command(made, folder))
    return left_by(folder / "study")


@pytest.mark.parametrize(
    ("moment", "folder"),
    [
        (labelled, SECOND),
        (between_epochs, SECOND),
        (while_the_model_is_kept, SECOND),
        (finished, FIRST),
        (finished, SECOND),
    ],
)
def test_a_killed_command_goes_on_to_the_same_end_and_repeats_no_finished_round(
    made: Made,
    whole: dict[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    moment: Callable[[str], None],
    folder: str,
) -> None:
    again, study = command(made, tmp_path), tmp_path / "study"
    assert is_killed(partial(moment, folder), partial(run, again))
    before = {path: path.stat().st_mtime_ns for path in study.glob(f"runs/*/{DONE}")}
    assert len(before) == (folder == SECOND) + (moment is finished)
    run(again)
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    assert left_by(study) == whole
    assert not [*study.rglob(LAST)]
    assert [path.name for path in (study / "answers").iterdir()] == ["model"]
    # The net was right on every picture before, so nothing is better, and nothing is kept.
    assert not (tmp_path / "best").exists()
    assert "no round was better than model" in capsys.readouterr().out


def while_the_best_is_kept() -> None:
    """Its weights are written, the rest is not."""
    real = checkpoint.save

    def save(net: Any, contract: Any, staging: Path) -> None:
        real(net, contract, staging)
        die()

    copy_judged.save = save  # type: ignore[assignment, attr-defined]


@pytest.fixture
def ignorant(made: Made, tmp_path: Path) -> Made:
    """With a net that has learned nothing, so that a round is better."""
    model = Path(shutil.copytree(made.model, tmp_path / "model"))
    _, contract = checkpoint.load(model)
    torch.manual_seed(0)
    checkpoint.save(build_net(contract), contract, model)
    return dataclasses.replace(made, model=model)


def test_killed_while_the_best_net_is_kept_it_keeps_it_whole_when_started_again(
    ignorant: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = (
        "--rounds", "1", "--epochs", "4", "--rate", "0.003", "--faces", "10", "--sure", "0.5",
        "--cap", "none",
    )  # fmt: skip
    again, whole = (asked(ignorant, tmp_path / name, *more) for name in ("killed", "whole"))
    assert is_killed(while_the_best_is_kept, partial(run, again))
    assert (tmp_path / "killed/study/runs" / FIRST / DONE).exists()
    assert not (tmp_path / "killed/best").exists()
    run(again)
    run(whole)
    assert "killed/best: the best net" in "".join(capsys.readouterr().out.split("\n"))
    kept, wanted = (tmp_path / name / "best" for name in ("killed", "whole"))
    assert {path.name for path in kept.iterdir()} == {path.name for path in wanted.iterdir()}
    weights = (kept / "model.safetensors").read_bytes()
    assert weights == (wanted / "model.safetensors").read_bytes()
    assert [path.name for path in kept.parent.iterdir() if path.name.startswith(".")] == []
