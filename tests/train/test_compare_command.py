"""`trace` and `compare` as a user calls them, on a real clip and a net that knows nothing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from face_detect.box import Box
from face_detect.media import read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.__main__ import main
from train.checkpoint import save
from train.contract import Contract
from train.nets import build_net
from train.trace_file import Moment, Trace, TracedHead, read_trace, write_csv, write_json

FRAMES = 12


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A face that moves to the left, ten frames a second."""
    path = tmp_path_factory.mktemp("clip") / "face.avi"
    picture = cv2.resize(read_picture(DEFAULT_WEIGHTS.parent / "demo/sample2.jpg"), (640, 456))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (240, 200))
    for number in range(FRAMES):
        left = 370 + 2 * number
        writer.write(np.ascontiguousarray(picture[:200, left : left + 240, ::-1]))
    writer.release()
    return path


@pytest.fixture
def model(contract: Contract, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    save(build_net(contract), contract, tmp_path / "made")
    return tmp_path / "made"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int | str | None:
    monkeypatch.setattr("sys.argv", ["train", *map(str, arguments)])
    with pytest.raises(SystemExit) as stopped:
        main()
    return stopped.value.code


def test_a_clip_is_traced_to_every_file_and_compared_by_them(
    model: Path,
    clip: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = ("t.csv", "t.json", "t.png", "t.svg", "s.json", "s.png")
    table, data, png, svg, score, plot = (tmp_path / name for name in names)
    written = ("--out", table, "--json", data, "--plot", png)
    assert run(monkeypatch, "trace", model, clip, *written) == 0
    assert f"{FRAMES} frames in 1.1 s, a face in {FRAMES}" in capsys.readouterr().out
    assert len(table.read_text().splitlines()) == 1 + FRAMES
    assert png.read_bytes().startswith(b"\x89PNG")
    assert run(monkeypatch, "trace", model, clip, "--plot", svg, "--smooth") == 0
    assert b"<svg" in svg.read_bytes()
    capsys.readouterr()
    assert run(monkeypatch, "compare", table, data, "--json", score, "--plot", plot) == 0
    said = capsys.readouterr().out
    assert "score 100.0 of 100, certainty 100%" in said
    assert "A clip of 1.1 s is too short to be sure." in said
    assert json.loads(score.read_text())["score"] == 100
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_clips_are_compared_by_the_model_that_is_named(
    model: Path, clip: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "compare", clip, clip, "--model", model, "--band", "0") == 0
    assert "score 100.0 of 100" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("trace", "nothing", "none.mp4"), "none.mp4: is not a file"),
        (("trace", "MODEL", "."), ".: is a folder, not a video"),
        (("trace", "MODEL", "CLIP", "--plot", "t.gif"), "t.gif: its name must end with .png or"),
        (("trace", "MODEL", "CLIP", "--out", "t.json"), "t.json: its name must end with .csv"),
        (("trace", "MODEL", "CLIP", "--json", "t.csv"), "t.csv: its name must end with .json"),
        (("trace", "MODEL", "CLIP", "--out", "no/t.csv"), "no/t.csv: its folder does not exist"),
        (("trace", "MODEL", "CLIP", "--out", "CLIP"), "face.avi: its name must end with .csv"),
        (
            ("trace", "MODEL", "CLIP", "--json", "MODEL/contract.json"),
            "contract.json: is read from",
        ),
        (("trace", "nothing", "CLIP"), "nothing: is neither a folder"),
        (("compare", "none.csv", "none.csv"), "none.csv: cannot be read"),
        (("compare", "CLIP", "none.mp4", "--model", "nothing"), "none.mp4: is not a file"),
        (("compare", "none.csv", "none.csv", "--band", "9"), "9 is not from 0 to 5"),
        (("compare", "none.csv", "none.csv", "--band", "x"), "invalid number value: 'x'"),
    ],
)
def test_bad_input_is_named_and_ends_with_2(
    model: Path,
    clip: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    named = [each.replace("MODEL", str(model)).replace("CLIP", str(clip)) for each in arguments]
    assert run(monkeypatch, *named) == 2
    assert complaint in capsys.readouterr().err
    assert not [path for path in tmp_path.iterdir() if path != model]


@pytest.fixture
def smile(tmp_path: Path) -> Trace:
    """One trace, in a.json and b.json."""
    head = TracedHead(name="emotion", labels=("happy", "sad"))
    box = Box(x=0, y=0, width=9, height=9, score=1)
    moments = tuple(
        Moment(index=i, time_s=i / 10, box=box, probabilities=((0.9, 0.1),), uncertain=(False,))
        for i in range(30)
    )
    made = Trace(model="made", smooth=False, heads=(head,), moments=moments)
    for name in "ab":
        write_json(made, tmp_path / f"{name}.json")
    return made


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--json", "a.json"), "a.json: is read from, so it cannot be written to"),
        (("--json", "there/../b.json"), "b.json: is read from, so it cannot be written to"),
        (("--json", "there.json"), "there.json: is a folder"),
        (("--model", "slim"), "--model slim: asks nothing"),
    ],
)
def test_two_traces_are_left_as_they_are(
    smile: Trace,
    tmp_path: Path,
    arguments: tuple[str, ...],
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").mkdir()
    Path("there.json").mkdir()
    assert run(monkeypatch, "compare", "a.json", "b.json", *arguments) == 2
    assert complaint in capsys.readouterr().err
    assert read_trace(Path("a.json")) == read_trace(Path("b.json")) == smile


@pytest.mark.parametrize("write", [write_csv, write_json])
@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"model": "other"}, "two models, made and other; trace both with one model"),
        ({"smooth": True}, "one trace is smoothed, the other is not"),
    ],
)
def test_traces_made_in_two_ways_are_not_compared(
    smile: Trace,
    tmp_path: Path,
    write: Callable[[Trace, Path], None],
    change: dict[str, Any],
    complaint: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = tmp_path / ("other.csv" if write is write_csv else "other.json")
    write(dataclasses.replace(smile, **change), other)
    assert run(monkeypatch, "compare", tmp_path / "a.json", other) == 2
    assert complaint in capsys.readouterr().err


def test_a_trace_of_unknown_origin_is_believed_to_fit(
    smile: Trace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_json(dataclasses.replace(smile, model=None, smooth=None), tmp_path / "other.json")
    assert run(monkeypatch, "compare", tmp_path / "a.json", tmp_path / "other.json") == 0
    said = capsys.readouterr().out
    assert "score 100.0" in said
    assert "too short" not in said


def test_a_picture_is_not_a_clip(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = DEFAULT_WEIGHTS.parent / "demo/sample2.jpg"
    assert run(monkeypatch, "trace", model, picture) == 2
    assert "is not a video by its name" in capsys.readouterr().err
