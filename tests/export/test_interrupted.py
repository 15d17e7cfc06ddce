"""Ctrl-C in each step, and a full disk: the old folder stays, and nothing runs or lies about."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from export.stages import ONCE_AFTER, ONCE_BEFORE, PER_MODEL

_STEPS = [step for step in (*ONCE_BEFORE, *PER_MODEL, *ONCE_AFTER) if step != "accuracy"]

# TensorFlow takes seconds to import, so one process is interrupted again and again. It waits a
# moment in each step, for some take less time than a signal does.
_DRIVER = """
import sys, time
from pathlib import Path
from export.options import parse_options
from export.pipeline import export
from face_detect.command import exit_code_of

def watch(name, model):
    if name == target:
        print("in", name, flush=True)
        time.sleep(0.5 if pause else 0)

options = parse_options(sys.argv[2:])
for wanted in sys.argv[1].split(","):
    target, pause = wanted.rstrip("!"), not wanted.endswith("!")
    code = exit_code_of(lambda: export(options, watch))
    print("code", code, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "report.json").write_text("the one before")
    return folder


def _arguments(foreign: Path, out: Path) -> list[str]:
    files = ["--onnx", str(foreign / "net.onnx"), "--contract", str(foreign / "contract.json")]
    return [*files, "--out", str(out)]


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
    foreign: Path, web_build: Path, out: Path, tmp_path: Path, temporary: Path
) -> None:
    # A mark: without a pause, so that the signal meets the work itself.
    wanted = [*_STEPS, "tensorflow!", "proof!"]
    said = tmp_path / "said"
    command = [sys.executable, "-c", _DRIVER, ",".join(wanted), *_arguments(foreign, out)]
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
        for step, code in zip(wanted, _interrupt(process), strict=True):
            assert (step, code) == (step, "130"), said.read_text()
            assert sorted(path.name for path in tmp_path.iterdir()) == ["dist", "said"]
            assert (out / "report.json").read_text() == "the one before"
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
    assert "file too large" in done.stderr.lower()
    assert (out / "report.json").read_text() == "the one before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dist"]
