from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import torch
from lightning_fabric import Fabric

import train.run
from face_detect.command import InputError
from train.epoch import Epoch
from train.fit import DivergedError
from train.fitting import plain_fabric
from train.lock import lock
from train.plan import Plan
from train.records import DONE
from train.resume import LAST
from train.run import Outcome
from train.study import run_study
from train.study.findings import ArmFindings
from train.study.write_report import write_report
from train.watch import Watch

from .conftest import BASE, PLANTED, Done, one_thread, pack, read, went

TWO = "[factors]\nwidth = [16, 8]\n"


def arm(done: Done, name: str) -> ArmFindings:
    return next(found for found in done.findings.arms if found.arm.name == name)


def answers_of(found: ArmFindings) -> list[list[int]]:
    return [run.answers.said.tolist() for run in found.finished if run.answers]


def test_an_arm_with_a_broken_rate_loses(planted: Done) -> None:
    broken = arm(planted, "rate=1e-09")
    assert broken.versus is not None
    assert broken.versus.verdict == "worse"
    assert broken.versus.adjusted is not None
    assert broken.versus.adjusted < 0.05
    assert planted.findings.ranked[-1] is broken


def test_an_arm_that_is_no_better_for_its_change_is_called_equal(planted: Done) -> None:
    equal, base = arm(planted, "flip=0.0"), arm(planted, "base")
    assert answers_of(equal) != answers_of(base)  # or there would be nothing to judge
    assert equal.versus is not None
    assert equal.versus.verdict == "no difference seen"


def test_every_run_has_its_record_and_its_model(planted: Done) -> None:
    runs = sorted(path.name for path in (planted.folder / "runs").iterdir())
    slugs = ("base", "flip-0.0", "rate-1e-09")
    assert runs == [f"{slug}-seed{seed}-001" for slug in slugs for seed in range(4)]
    for name in runs:
        assert (planted.folder / "runs" / name / DONE).is_file()
        assert (planted.folder / "models" / name / "contract.json").is_file()


def test_a_finished_study_begins_nothing(planted: Done) -> None:
    again = went(planted.findings.study, planted.folder)
    assert (len(planted.begun), again.begun) == (12, [])


def test_the_report_tells_arms_costs_and_pictures(planted: Done) -> None:
    write_report(planted.findings, planted.folder)
    found = json.loads((planted.folder / "study.json").read_text("utf-8"))
    assert [each["name"] for each in found["arms"]] == ["base", "rate=1e-09", "flip=0.0"]
    base = found["arms"][0]
    assert base["parameters"] == 48 * 48 * 16 + 16 + 16 * 2 + 2
    assert base["multiply_adds"] == 48 * 48 * 16 + 16 * 2
    assert (planted.folder / base["model"] / "model.safetensors").is_file()
    page = (planted.folder / "report.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") >= 7
    assert "://" not in page
    table = (planted.folder / "report.md").read_text("utf-8").splitlines()
    assert table[0].startswith("| arm | macro recall | macro F1 |")
    assert len(table) == 5


def test_two_processes_never_work_on_one_study(planted: Done) -> None:
    held = lock(planted.folder)
    assert held is not None
    with held, pytest.raises(InputError, match="is going on in another process"):
        went(planted.findings.study, planted.folder)


def test_a_new_value_runs_only_its_own_arm(planted: Done, tmp_path: Path) -> None:
    data = planted.findings.study.arms[0].plan.data
    wider = read(f"{PLANTED}[factors]\nrate = [1e-9]\nbatch = [16]\n", tmp_path, data)
    again = went(wider, planted.folder)
    assert again.begun == [f"batch=16, seed {seed}" for seed in range(4)]


def test_a_killed_study_goes_on_and_repeats_no_finished_run(tmp_path: Path) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    study = read(BASE + TWO, tmp_path, data)
    out = tmp_path / "study"
    command = [sys.executable, "-m", "train", "ablate", str(tmp_path / "made.toml"), str(data)]
    process = subprocess.Popen(
        [*command, "--out", str(out), "--accelerator", "cpu"],
        stderr=subprocess.PIPE,
        env=os.environ | {"COLUMNS": "100", "OMP_NUM_THREADS": "1"},
        text=True,
    )
    assert process.stderr is not None
    with process.stderr as lines:
        assert any(line.startswith("run 2 of 4") for line in lines)
        process.send_signal(signal.SIGKILL)
    process.wait()
    before = {path: path.stat().st_mtime_ns for path in out.glob(f"runs/*/{DONE}")}
    again = went(study, out)
    assert before
    assert len(again.begun) == 4 - len(before)
    assert all(path.stat().st_mtime_ns == time for path, time in before.items())
    finished = sorted(path.parent.name[:-4] for path in out.glob(f"runs/*/{DONE}"))
    assert finished == [f"{slug}-seed{seed}" for slug in ("base", "width-8") for seed in (0, 1)]


def test_a_run_that_ended_unheard_is_not_repeated(planted: Done) -> None:
    (planted.folder / "trials.log").unlink()
    assert went(planted.findings.study, planted.folder).begun == []


def test_after_its_hours_a_study_begins_nothing_and_tells_what_there_is(tmp_path: Path) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    text = BASE.replace("epochs = 2", "epochs = 1\nhours = 1e-9")
    done = went(read(text + TWO, tmp_path, data), tmp_path / "study")
    assert done.begun == ["base, seed 0"]
    assert arm(done, "width=8").states == {"missing": 2}
    write_report(done.findings, done.folder)
    assert "| width=8 | – |" in (done.folder / "report.md").read_text("utf-8")


def test_an_arm_that_cannot_work_is_named_before_any_is_run(tmp_path: Path) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    study = read(f"{BASE}[factors]\nbatch = [8, 999]\n", tmp_path, data)
    with pytest.raises(InputError, match=r"made: batch=999: .* less than a batch of 999"):
        went(study, tmp_path / "study")
    assert not (tmp_path / "study" / "runs").exists()


def test_a_folder_with_other_things_is_left_alone(planted: Done, tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("mine")
    with pytest.raises(InputError, match="holds files that this command did not write"):
        went(planted.findings.study, tmp_path)
    assert (tmp_path / "report.md").read_text() == "mine"


def test_what_a_process_left_that_was_killed_behind_a_run_s_end_is_removed(planted: Done) -> None:
    left = planted.folder / "runs" / "base-seed0-001" / LAST
    left.write_bytes(b"several times a model")
    went(planted.findings.study, planted.folder)
    assert not left.exists()


def test_a_half_written_queue_does_not_stop_a_study(planted: Done) -> None:
    journal = planted.folder / "trials.log"
    with journal.open("a") as file:
        file.write('{"op_code": 4, "wor')
    assert went(planted.findings.study, planted.folder).begun == []


def test_a_loss_that_becomes_no_number_has_lost_and_is_not_tried_again(tmp_path: Path) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    wild = '[factors]\nwild = [{name = "sgd", optimizer = "sgd", rate = 100.0, clip = 0.0}]\n'
    text = (BASE + wild).replace("[0, 1]", "[0]").replace("width = 16", "width = 16\ndepth = 3")
    text = text.replace("epochs = 2", "epochs = 4")
    done = went(read(text, tmp_path, data), tmp_path / "study")
    lost = arm(done, "wild=sgd")
    assert lost.states == {"diverged": 1}
    assert lost.versus is not None
    assert lost.versus.verdict == "worse"
    assert went(done.findings.study, done.folder).begun == []


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (
            torch.OutOfMemoryError("CUDA out of memory: 1 TiB\nand more"),
            "CUDA out of memory: 1 TiB",
        ),
        (MemoryError(), "memory was too small"),
    ],
)
def test_where_memory_is_too_small_for_an_arm_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, note: str
) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    text = BASE.replace("[0, 1]", "[0]").replace("epochs = 2", "epochs = 1")
    study = read(f"{text}[factors]\nwidth = [8, 4]\n", tmp_path, data)

    def starved(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(plan: Plan, *others: Any) -> Any:
            if "width=8" in plan.net:
                raise error
            return function(plan, *others)

        return call

    monkeypatch.setattr(run_study, "run", starved(train.run.run))
    monkeypatch.setattr(run_study, "check", starved(train.run.check))
    done = went(study, tmp_path / "study")
    assert arm(done, "width=8").states == {"out of memory": 1}
    assert [run.note for run in arm(done, "width=8").runs] == [note]
    assert arm(done, "width=4").states == {}
    write_report(done.findings, done.folder)
    assert "0, 1 out of memory" in (done.folder / "report.md").read_text("utf-8")
    page = (done.folder / "report.html").read_text("utf-8")
    assert "width=8: memory was too small." in page
    assert "width=4: one seed" not in page
    monkeypatch.undo()
    assert went(study, tmp_path / "study").begun == ["width=8, seed 0"]


def test_what_diverged_in_the_end_is_not_told_as_too_little_memory(
    planted: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PLANTED.replace("[0, 1, 2, 3]", "[0]")
    data = planted.findings.study.arms[0].plan.data
    study = read(f"{text}[factors]\nbatch = [32]\n", tmp_path, data)
    for error in (MemoryError(), DivergedError("the loss became nan")):
        monkeypatch.setattr(run_study, "run", Mock(side_effect=error))
        done = went(study, planted.folder)
    assert arm(done, "batch=32").states == {"diverged": 1}


@pytest.fixture(scope="module")
def pruned(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Its last run, the third of a broken rate, was stopped; and killed before, in its midst."""
    folder = tmp_path_factory.mktemp("pruned")
    data = pack(folder / "made.zip", ("happy", "sad"), each=120)
    text = BASE.replace("[0, 1]", '[0, 1, 2]\npruner = "median"').replace(
        "epochs = 2", "epochs = 3"
    )
    study = read(f"{text}[factors]\nrate = [1e-9]\n", folder, data)

    def killed(plan: Plan, root: Path, fabric: Fabric, watch: Watch, *others: Any) -> Outcome:
        def on_epoch(epoch: Epoch) -> None:
            watch.on_epoch(epoch)
            if plan.name == "rate-1e-09-seed2" and epoch.number == 1:
                raise KeyboardInterrupt

        told = dataclasses.replace(watch, on_epoch=on_epoch)
        return train.run.run(plan, root, fabric, told, *others)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(run_study, "run", killed)
        went(study, folder / "study")
    return went(study, folder / "study")


def test_what_is_worse_than_the_median_is_stopped_after_a_kill_too(pruned: Done) -> None:
    assert pruned.begun == ["rate=1e-09, seed 2"]
    assert arm(pruned, "rate=1e-09").states == {"pruned": 1}
    assert went(pruned.findings.study, pruned.folder).begun == []


def test_what_was_stopped_is_run_where_a_study_stops_nothing_any_more(pruned: Done) -> None:
    again = went(dataclasses.replace(pruned.findings.study, prunes=False), pruned.folder)
    assert again.begun == ["rate=1e-09, seed 2"]
    assert arm(again, "rate=1e-09").states == {}


def test_what_is_known_is_told_before_another_run_begins(tmp_path: Path) -> None:
    data = pack(tmp_path / "made.zip", ("happy", "sad"))
    text = BASE.replace("[0, 1]", "[0]").replace("epochs = 2", "epochs = 1")
    told: list[list[str]] = []
    study = read(text + TWO, tmp_path, data)
    with one_thread():
        run_study.run_study(
            study,
            tmp_path / "study",
            fabric_for=lambda plan: plain_fabric(plan.options),
            watch=run_study.StudyWatch(),
            so_far=lambda ran: told.append([each.state for each in ran]),
        )
    assert told == [["finished", "missing"]]
