"""Ctrl-C in each step, and a full disk: the old folder stays, and nothing runs or lies about."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from export.stages import ONCE_AFTER, ONCE_BEFORE, PER_MODEL
from tests.conftest import ROOT
from tests.export.export_worker import Job

# Chromium is gone before these begin, or does there what it does in "proof".
_WITHOUT_BROWSER = ("compare", *ONCE_AFTER)
_STEPS = (*ONCE_BEFORE, *PER_MODEL, *ONCE_AFTER)
# A mark: without a pause, so that the signal meets the work itself.
_WANTED = (*_STEPS, "tensorflow!", "accuracy!", "proof!")

_BEFORE = '{"version": 1, "models": [], "site": {}}'


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "site").mkdir(parents=True)
    (folder / "site" / "manifest.json").write_text("{}")
    (folder / "report.json").write_text(_BEFORE)
    return folder


def _arguments(foreign: Path, out: Path) -> list[str]:
    files = ["--onnx", str(foreign / "net.onnx"), "--contract", str(foreign / "contract.json")]
    return [*files, "--out", str(out)]


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Labelled pictures, of nothing."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "test" / "happy").mkdir(parents=True)
    for i in range(600):
        cv2.imwrite(
            str(folder / "test" / "happy" / f"{i}.png"), np.full((48, 48, 3), i % 256, np.uint8)
        )
    return folder


def _arguments_for(step: str, data: Path) -> list[str]:
    found = ["--variant", "f32"]
    if step in _WITHOUT_BROWSER:
        found.append("--unproven")
    if step == "compare":
        found.append("--compare")
    if step.startswith("accuracy"):
        found += ["--data", str(data)]
    return found


@pytest.fixture(scope="module")
def temporary() -> Iterator[Path]:
    """Short, for Chromium puts a socket below it, whose path may have 107 characters."""
    with tempfile.TemporaryDirectory(prefix="t-", dir="/tmp") as folder:
        yield Path(folder)


@dataclasses.dataclass(frozen=True)
class Ended:
    """How an export did."""

    code: int
    said: str


@dataclasses.dataclass(frozen=True)
class Exporter:
    """A process that exports what it is asked to."""

    process: subprocess.Popen[str]

    def export(self, job: Job) -> Ended:
        """Ctrl-C is pressed as soon as it tells of the step that it was asked to tell of."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(dataclasses.asdict(job)) + "\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            told = json.loads(line)
            if "code" in told:
                return Ended(**told)
            self.process.send_signal(signal.SIGINT)
        raise AssertionError(f"the process ended with {self.process.wait()}")


@pytest.fixture(scope="module")
def exporter(web_build: Path, temporary: Path) -> Iterator[Exporter]:
    environment = {**os.environ, "TMPDIR": str(temporary), "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, "-m", "tests.export.export_worker"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        yield Exporter(process)


def _running(mark: Path) -> list[str]:
    """Processes that name a folder of ours on their command line."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return [line for line in lines if f"user-data-dir={mark}" in line]


def _check_nothing_is_left(out: Path, temporary: Path) -> None:
    assert (out / "report.json").read_text() == _BEFORE
    assert [path.name for path in out.parent.iterdir()] == ["dist"]
    assert _running(temporary) == []
    assert list(temporary.glob("facecast-*")) == []


def test_ctrl_c_in_any_step_leaves_everything_as_it_was(
    exporter: Exporter, foreign: Path, data: Path, out: Path, temporary: Path
) -> None:
    for wanted in _WANTED:
        step, pause = wanted.rstrip("!"), not wanted.endswith("!")
        arguments = [*_arguments(foreign, out), *_arguments_for(step, data)]
        ended = exporter.export(Job(arguments=arguments, step=step, pause=pause))
        assert (wanted, ended.code) == (wanted, 130), ended.said
        assert f"{step}: " in ended.said.splitlines()[-2]
        _check_nothing_is_left(out, temporary)


@pytest.mark.parametrize("limit_bytes", [4_000, 200_000])
def test_a_full_disk_is_the_machines_fault_and_leaves_nothing(
    exporter: Exporter, foreign: Path, out: Path, temporary: Path, limit_bytes: int
) -> None:
    arguments = ["--unproven", *_arguments(foreign, out)]
    ended = exporter.export(Job(arguments=arguments, limit_bytes=limit_bytes))
    assert ended.code == 3, ended.said
    assert "error: the disk is full" in ended.said
    _check_nothing_is_left(out, temporary)


def test_a_disk_that_fills_up_while_a_browser_proves_leaves_nothing(
    exporter: Exporter, foreign: Path, out: Path, temporary: Path
) -> None:
    job = Job(arguments=_arguments(foreign, out), step="proof", limit_bytes=100_000)
    ended = exporter.export(job)
    assert ended.code == 3, ended.said
    assert "the disk is full (File too large) in the step 'proof'" in ended.said
    _check_nothing_is_left(out, temporary)
