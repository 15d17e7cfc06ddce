"""Of runs that were never run: the base says "happy" too often, its one other arm hardly errs."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from train.data.dataset import Dataset
from train.gather import Gathered
from train.study.answers import Answers
from train.study.findings import Findings, find
from train.study.notes import notes
from train.study.run_study import Job, Ran, State
from train.study.study import Arm
from train.study.table import table

from .conftest import BASE, read

TRUTH = np.arange(200) % 2
SAID = {"base": TRUTH * (np.arange(200) % 3 > 0), "batch=16": np.append(TRUTH[:190], TRUTH[9::-1])}
NOTHING = Dataset(name="made", format="folder", records=(), framing="crop")
DATA = Gathered(
    kept=(), valid=NOTHING, test=NOTHING, labels=("happy", "sad"), framing="crop", drawn=False
)


def found(folder: Path, states: tuple[State, ...], last_loss: float = 1.0) -> Findings:
    """The states are those of the other arm's seeds."""
    study = read(f"{BASE}[factors]\nbatch = [16]\n", folder)
    study = dataclasses.replace(study, seeds=tuple(range(len(states))))

    def ran(arm: Arm, seed: int) -> Ran:
        state = "finished" if arm.name == "base" else states[seed]
        answers = Answers(said=SAID[arm.name], truth=TRUTH, pictures="", labels=DATA.labels)
        return Ran(
            job=Job(arm=arm, seed=seed, plan=study.plan(arm, seed), key=""),
            state=state,
            rows=[{"epoch": i, "train_loss": loss, "valid_loss": 1.0, "seconds": 9.0 - i}
                  for i, loss in enumerate((2.0, last_loss))],
            answers=answers if state == "finished" else None,
        )  # fmt: skip

    return find(study, [ran(arm, seed) for seed in study.seeds for arm in study.arms], DATA)


def test_what_all_seeds_show_is_better(tmp_path: Path) -> None:
    findings = found(tmp_path, ("finished", "finished", "finished"))
    assert findings.arms[1].versus is not None
    assert findings.arms[1].versus.verdict == "better"
    assert list(notes(findings)) == []


@pytest.mark.parametrize("lost", ["diverged", "pruned"])
def test_nothing_is_called_better_for_the_runs_that_were_not_lost(
    tmp_path: Path, lost: State
) -> None:
    findings = found(tmp_path, ("finished", lost, lost))
    assert findings.arms[1].versus is not None
    assert findings.arms[1].versus.verdict == findings.pairs[0].verdict == "not compared"
    assert list(notes(findings)) == [
        f"batch=16: of 3 runs 2 {lost}; figures are of the others",
        "batch=16: ahead by the runs alone that batch=16 has left",
    ]


def test_the_quickest_epoch_is_told(tmp_path: Path) -> None:
    assert found(tmp_path, ("finished",)).arms[0].epoch_s == 8


def test_an_arm_whose_loss_rose_is_marked(tmp_path: Path) -> None:
    findings = found(tmp_path, ("finished", "finished"), last_loss=4.35)
    verdicts = [row[table(findings).titles.index("verdict")] for row in table(findings).rows]
    assert verdicts == ["better, did not learn", "the reference, did not learn"]
    assert "base: did not learn with seed 1: training loss 2.00, in the end 4.35" in notes(findings)
