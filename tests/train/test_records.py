from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from face_detect.command import InputError
from train.metrics import Rows, read_metrics
from train.records import RunRecord, fingerprint, is_running, run_folders

CONFIG = {"seed": 1, "net": "made"}
FIGURES = {"train_loss": 1.5, "valid_loss": 1.6, "accuracy": 0.5, "macro_f1": 0.25, "rate": 0.1}


def test_a_second_run_of_a_name_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    for _ in range(2):
        RunRecord.create(tmp_path, "made", CONFIG).close()
    assert [folder.name for folder in run_folders(tmp_path)] == ["made-001", "made-002"]


def test_an_interrupted_run_of_the_same_configuration_is_taken_up(tmp_path: Path) -> None:
    RunRecord.create(tmp_path, "made", CONFIG).close()
    assert RunRecord.unfinished(tmp_path, "made", fingerprint({"seed": 2})) is None
    with_same = RunRecord.unfinished(tmp_path, "made", fingerprint(CONFIG))
    assert with_same is not None
    with_same.finish({"accuracy": 0.5})
    assert RunRecord.unfinished(tmp_path, "made", fingerprint(CONFIG)) is None


def test_a_run_that_is_taken_up_after_its_last_epoch_has_its_curves(tmp_path: Path) -> None:
    with RunRecord.create(tmp_path, "made", CONFIG) as killed:
        killed.epoch(0, FIGURES)
    (killed.folder / "curves.png").unlink()  # as a kill leaves it
    again = RunRecord.unfinished(tmp_path, "made", fingerprint(CONFIG))
    assert again is not None
    again.finish({"accuracy": 0.5})
    assert (again.folder / "curves.png").exists()


def test_a_run_that_is_still_going_on_is_not_taken_up(tmp_path: Path) -> None:
    with RunRecord.create(tmp_path, "made", CONFIG) as record:
        assert is_running(record.folder)
        assert RunRecord.unfinished(tmp_path, "made", fingerprint(CONFIG)) is None
        with pytest.raises(InputError, match="still going on"):
            RunRecord(record.folder)
    assert not is_running(record.folder)


def test_epochs_done_again_after_an_interruption_are_not_counted_twice(tmp_path: Path) -> None:
    with RunRecord.create(tmp_path, "made", CONFIG) as record:
        for number in range(3):
            record.epoch(number, FIGURES)
    again = RunRecord.unfinished(tmp_path, "made", fingerprint(CONFIG))
    assert again is not None
    with again:
        again.epoch(1, {**FIGURES, "accuracy": 0.75})
    rows = read_metrics(again.folder / "metrics.csv")
    assert [(row["epoch"], row["accuracy"]) for row in rows] == [(0, 0.5), (1, 0.75)]


def test_the_folder_says_what_ran_and_how_it_went(tmp_path: Path) -> None:
    with RunRecord.create(tmp_path, "made", CONFIG) as record:
        record.say("one line")
        record.epoch(0, FIGURES)
    document = json.loads((record.folder / "config.json").read_text("utf-8"))
    assert document["config"] == CONFIG
    assert {"command", "code", "packages", "started"} <= set(document)
    assert (record.folder / "console.log").read_text("utf-8").endswith("one line\n")
    assert (record.folder / "curves.png").read_bytes().startswith(b"\x89PNG")
    assert any((record.folder / "tensorboard").iterdir())


def test_the_curves_are_drawn_before_a_run_ends_but_not_after_every_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_s = 0.0
    drawn: list[int] = []

    def draw(runs: Mapping[str, Rows]) -> bytes:
        drawn.extend(len(rows) for rows in runs.values())
        return b""

    monkeypatch.setattr("train.records.time", SimpleNamespace(monotonic=lambda: now_s))
    monkeypatch.setattr("train.records.draw_curves", draw)
    with RunRecord.create(tmp_path, "made", CONFIG) as record:
        for number in range(6):
            now_s = 4.0 * number
            record.epoch(number, FIGURES)
    assert drawn == [4, 6]


def test_the_order_of_a_configuration_does_not_change_its_fingerprint() -> None:
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
