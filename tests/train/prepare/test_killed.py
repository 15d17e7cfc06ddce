"""Killed at any moment, and started again: the bytes are those of a run that was left alone."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import pytest

from face_detect.command import MachineError
from tests.conftest import ROOT
from tests.train.prepare.conftest import SMALL, Run, digests
from train.data.open_dataset import open_dataset
from train.prepare.local_engine import LocalEngine
from train.prepare.prepare import prepare

STEPS = ("replace", "unlink")
"""All that changes what a folder holds; writing itself goes to a file aside."""


def ended_before(step: int, data: Path, out: Path) -> bool:
    """Prepare in a process that is killed before that step; whether it came so far."""
    child = os.fork()
    if not child:
        cv2.setNumThreads(1)
        _kill_before(step)
        prepare(open_dataset(data), data, out, SMALL, LocalEngine(1), framing="crop")
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _kill_before(step: int) -> None:
    left = [step]
    for name in STEPS:
        real = getattr(Path, name)

        def counted(self: Path, *given: Any, real: Any = real, **named: Any) -> Any:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return real(self, *given, **named)

        setattr(Path, name, counted)


def check_visible(out: Path) -> None:
    """Each shard that can be seen is whole; the index is there only with all of them."""
    for shard in out.glob("*.tar"):
        digest = hashlib.sha256(shard.read_bytes()).hexdigest()
        assert shard.stem.endswith(digest[:12])
    if (out / "index.json").exists():
        assert open_dataset(out).records


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_before_any_step_it_goes_on_to_the_same_bytes(
    tmp_path: Path, crops: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("train.prepare.prepare._MB", 40_000)
    run(crops, "whole", framing="crop")
    whole, step = digests(tmp_path / "whole"), 0
    while ended_before(step, crops, out := tmp_path / f"killed-{step}"):
        check_visible(out)
        run(crops, out.name, framing="crop")
        assert digests(out) == whole, f"killed before step {step}"
        step += 1
    # Six parts of two files each, three shards of three, notes, index, and all that goes again.
    assert step > 30


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_killed_again_and_again_it_ends_all_the_same(tmp_path: Path, crops: Path, run: Run) -> None:
    run(crops, "whole", framing="crop")
    rounds = 1
    while ended_before(5, crops, tmp_path / "out"):
        rounds += 1
    assert rounds > 3
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")


def test_the_command_killed_with_its_workers_goes_on(tmp_path: Path, photos: Path) -> None:
    def command(out: str) -> list[str]:
        options = ["--portion=1", "--workers=2", "--test=0", "--valid=0", "--framing=photo"]
        place = str(tmp_path / out)
        return [sys.executable, "-m", "train", "prepare", str(photos), "--out", place, *options]

    killed = subprocess.Popen(command("killed"), cwd=ROOT, stderr=subprocess.DEVNULL)
    parts = tmp_path / "killed" / ".unfinished" / "parts"
    while not [*parts.glob("*.json")] and killed.poll() is None:
        time.sleep(0.02)
    killed.kill()
    assert killed.wait() == -signal.SIGKILL
    for out in ("killed", "whole"):
        subprocess.run(command(out), cwd=ROOT, check=True, capture_output=True)
    assert digests(tmp_path / "killed") == digests(tmp_path / "whole")


@pytest.mark.parametrize("room", range(0, 60_000, 6_000))
def test_a_disk_that_is_full_leaves_nothing_half_written(
    tmp_path: Path, crops: Path, run: Run, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """The system's own error after so many bytes, wherever that is."""
    left = [room]
    real = os.fsync

    def full(file: int) -> None:
        left[0] -= os.fstat(file).st_size
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        real(file)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match=r"out: cannot be written to \(No space left"):
        run(crops, framing="crop")
    monkeypatch.undo()
    assert not [*(tmp_path / "out").rglob("new")]
    check_visible(tmp_path / "out")
    run(crops, framing="crop")
    run(crops, "whole", framing="crop")
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")
