from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from face_detect.command import InputError
from train.commands import runs as command
from train.metrics import Rows, write_metrics
from train.records import RunRecord
from train.runs import differences, find_runs


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two runs of one name, the first finished, and an interrupted one of another."""
    for name, rate in (("made", 0.1), ("made", 0.2), ("other", 0.1)):
        with RunRecord.create(tmp_path, name, {"net": "tiny", "options": {"rate": rate}}) as record:
            rows: Rows = [
                {"epoch": number, "accuracy": accuracy, "macro_f1": 0.4, "valid_loss": 1.0}
                for number, accuracy in enumerate((0.5, 0.75, 0.625))
            ]
            write_metrics(record.folder / "metrics.csv", rows)
            if record.folder.name == "made-001":
                record.finish({"accuracy": 0.7})
    return tmp_path


def run(root: Path, *arguments: str) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["runs", *arguments, "--root", str(root)])
    chosen.run(chosen)


def test_a_run_that_never_ended_is_called_interrupted(root: Path) -> None:
    states = {past.name: past.state for past in find_runs(root)}
    expected = {"made-001": "finished", "made-002": "interrupted", "other-001": "interrupted"}
    assert states == expected


def test_the_best_epoch_is_not_the_last(root: Path) -> None:
    past = find_runs(root, ["other"])[0]
    assert (past.best["accuracy"], past.last["accuracy"]) == (0.75, 0.625)


def test_the_best_epoch_is_chosen_by_the_runs_own_metric(tmp_path: Path) -> None:
    with RunRecord.create(tmp_path, "made", {"options": {"choose_by": "loss"}}) as record:
        rows: Rows = [
            {"epoch": 0, "accuracy": 0.5, "valid_loss": 1.0},
            {"epoch": 1, "accuracy": 0.6, "valid_loss": 1.2},
        ]
        write_metrics(record.folder / "metrics.csv", rows)
    assert find_runs(tmp_path)[0].best["epoch"] == 0


def test_only_settings_that_differ_are_compared(root: Path) -> None:
    assert differences(find_runs(root, ["made"])) == {"options.rate": [0.1, 0.2]}


def test_a_name_that_no_run_has_is_refused(root: Path) -> None:
    with pytest.raises(InputError, match="no run named 'mad'"):
        find_runs(root, ["mad"])


def test_accuracy_is_listed_beside_macro_f1(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    run(root, "made-002")
    line = capsys.readouterr().out.splitlines()[1]
    assert line.split()[-5:] == ["75.0%", "40.0%", "62.5%", "40.0%", "1.000"]


def test_eighty_columns_hold_each_run_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    (root / "other-001").rename(root / "emotion-b0-colour-001")
    run(root)
    head, *lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["emotion-b0-colour-001", "made-001", "made-002"]
    assert "cut off" in lines[2]
    assert "…" not in head
    assert lines[2].split()[-5:] == ["75.0%", "40.0%", "62.5%", "40.0%", "1.000"]


def test_the_json_list_holds_every_run(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, "--json")
    assert [past["epochs"] for past in json.loads(capsys.readouterr().out)] == [3, 3, 3]


def test_curves_of_several_runs_are_one_picture(root: Path, tmp_path: Path) -> None:
    run(root, "made", "other", "--plot", str(tmp_path / "curves.png"))
    assert (tmp_path / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_without_runs_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path / "none")
    assert "no runs yet" in capsys.readouterr().out
