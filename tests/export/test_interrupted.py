"""Ctrl-C in each step, and a full disk: the old folder stays, and nothing runs or lies about."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from export.stages import ONCE_AFTER, ONCE_BEFORE, PER_MODEL

# Chromium is gone before these begin, or does there what it does in "proof".
_WITHOUT_BROWSER = ("compare", *ONCE_AFTER)
_STEPS = (*ONCE_BEFORE, *PER_MODEL, *ONCE_AFTER)
# A mark: without a pause, so that the signal meets the work itself.
_WANTED = (*_STEPS, "tensorflow!", "accuracy!", "proof!")

# TensorFlow takes seconds to import, so one process is interrupted again and again, and cuts its
# crops once. It waits a moment in each step, for some take less time than a signal does.
_DRIVER = """
import json, sys, time
import export.pipeline as pipeline
from export.options import parse_options
from face_detect.command import exit_code_of

cut, known = pipeline.parity_crops, []
def parity_crops(*arguments):
    known or known.append(cut(*arguments))
    return known[0]
pipeline.parity_crops = parity_crops

def watch(name, model):
    if name == target:
        print("in", name, flush=True)
        time.sleep(0.5 if pause else 0)

for wanted, arguments in json.loads(sys.argv[1]):
    target, pause = wanted.rstrip("!"), not wanted.endswith("!")
    options = parse_options(arguments)
    code = exit_code_of(lambda: pipeline.export(options, watch))
    print("code", code, flush=True)
    sys.stdin.readline()
"""

# Chromium keeps the limits that it was started with.
_FULL_FROM_A_STEP_ON = """
import resource, sys
from export.options import parse_options
from export.pipeline import export
from face_detect.command import exit_code_of

def watch(name, model):
    if name == sys.argv[1]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

sys.exit(exit_code_of(lambda: export(parse_options(sys.argv[2:]), watch)))
"""


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


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Short, for Chromium puts a socket below it, whose path may have 107 characters."""
    with tempfile.TemporaryDirectory(prefix="t-", dir="/tmp") as folder:
        yield Path(folder)


def _environment(temporary: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(temporary), "TF_CPP_MIN_LOG_LEVEL": "3"}


def _running(mark: Path) -> list[str]:
    """Processes that name a folder of ours on their command line."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return [line for line in lines if f"user-data-dir={mark}" in line]


def _interrupt(process: subprocess.Popen[str]) -> Iterator[str]:
    """Send SIGINT whenever a step is reached; yield each exit code, then let it go on."""
    assert process.stdout is not None
    assert process.stdin is not None
    for line in process.stdout:
        word, value = line.split()
        if word == "in":
            process.send_signal(signal.SIGINT)
        else:
            yield value
            process.stdin.write("\n")
            process.stdin.flush()


def test_ctrl_c_in_any_step_leaves_everything_as_it_was(
    foreign: Path, web_build: Path, data: Path, out: Path, tmp_path: Path, temporary: Path
) -> None:
    said = tmp_path / "said"
    runs = [(step, [*_arguments(foreign, out), *_arguments_for(step, data)]) for step in _WANTED]
    command = [sys.executable, "-c", _DRIVER, json.dumps(runs)]
    with (
        said.open("w") as errors,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=_environment(temporary),
        ) as process,
    ):
        for step, code in zip(_WANTED, _interrupt(process), strict=True):
            assert (step, code) == (step, "130"), said.read_text()
            assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "said"]
            assert (out / "report.json").read_text() == _BEFORE
            assert _running(temporary) == []
    assert list(temporary.glob("facecast-*")) == []


@pytest.mark.parametrize("limit_bytes", [4_000, 200_000])
def test_a_full_disk_is_the_machines_fault_and_leaves_nothing(
    foreign: Path,
    web_build: Path,
    out: Path,
    tmp_path: Path,
    temporary: Path,
    limit_bytes: int,
) -> None:
    limited = f"""
        import resource, runpy, sys
        resource.setrlimit(resource.RLIMIT_FSIZE, ({limit_bytes}, {limit_bytes}))
        runpy.run_module("export", run_name="__main__", alter_sys=True)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(limited), "--unproven", *_arguments(foreign, out)],
        capture_output=True,
        text=True,
        env=_environment(temporary),
    )
    assert done.returncode == 3, done.stderr
    assert "error: the disk is full" in done.stderr
    assert (out / "report.json").read_text() == _BEFORE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist"]


def test_a_disk_that_fills_up_while_a_browser_proves_leaves_nothing(
    foreign: Path, web_build: Path, out: Path, tmp_path: Path, temporary: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL_FROM_A_STEP_ON, "proof", *_arguments(foreign, out)],
        capture_output=True,
        text=True,
        env=_environment(temporary),
    )
    assert done.returncode == 3, done.stderr
    assert "the disk is full (File too large) in the step 'proof'" in done.stderr
    assert (out / "report.json").read_text() == _BEFORE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist"]
    assert _running(temporary) == []
    assert list(temporary.glob("facecast-*")) == []
