import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks.made.made_options import MadeOptions
from benchmarks.made.make_aihub import MARK, MadeSet

Made = tuple[Path, MadeSet]
ROOT = Path(__file__).resolve().parents[3]


def kept(small: MadeOptions) -> tuple[str, ...]:
    """The options by which what other tests drew is used again."""
    options = ("--seed", small.seed, "--distinct", small.distinct, "--pool", small.pool)
    return (*map(str, options), "--megapixels", str(small.megapixels))


def exit_code(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> object:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "made-aihub", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        program.main()
    return ended.value.code


@pytest.mark.full
def test_it_tells_what_it_made(
    made: Made,
    small: MadeOptions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exit_code(monkeypatch, tmp_path / "set", "--pictures", 28, *kept(small)) == 0
    told = capsys.readouterr().out
    assert "28 pictures (0.00 GB), 28 entries, 26 records" in told and "1 × truncated" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--pictures", 5), "5 pictures are too few"),
        (("--pictures", 28, "--portion", "1/9"), "9 portions are too many"),
        (("--pictures", 28, "--faces", "nowhere.zip"), "nowhere.zip: no such file"),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_reason(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[object, ...],
    said: str,
) -> None:
    assert exit_code(monkeypatch, tmp_path / "set", *arguments) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b"])
def test_a_portion_that_is_none_is_bad_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: str,
) -> None:
    assert exit_code(monkeypatch, tmp_path / "set", "--pictures", 28, "--portion", text) == 2
    assert "is no portion; write 3/10" in capsys.readouterr().err


def test_ctrl_c_leaves_nothing_behind(made: Made, small: MadeOptions, tmp_path: Path) -> None:
    out = tmp_path / "set"
    command = (sys.executable, "-m", "benchmarks", "made-aihub", out, "--pictures", "28000")
    with subprocess.Popen(
        [*map(str, command), *kept(small)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as running:
        begun_s = time.monotonic()
        while not any(tmp_path.rglob("*.zip")) and time.monotonic() - begun_s < 120:
            time.sleep(0.05)
        os.kill(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "interrupted; nothing was left half-written" in said
    assert not (out / MARK).exists() and not list(tmp_path.iterdir())
