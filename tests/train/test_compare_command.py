"""`trace` and `compare` as a user calls them, on a real clip and a net that knows nothing."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from face_detect.media import read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.__main__ import main
from train.checkpoint import save
from train.contract import Contract
from train.nets import build_net

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
    assert "score 100.0 of 100, certainty 100%" in capsys.readouterr().out
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
        (("trace", "MODEL", "none.mp4"), "none.mp4: is not a file"),
        (("trace", "MODEL", "CLIP", "--plot", "t.gif"), "t.gif: a plot's name ends with"),
        (("trace", "MODEL", "CLIP", "--out", "no/t.csv"), "no/t.csv: its folder does not exist"),
        (("trace", "nothing", "CLIP"), "nothing: is neither a folder"),
        (("compare", "none.csv", "none.csv"), "none.csv: cannot be read"),
        (("compare", "none.csv", "none.csv", "--band", "9"), "9 is not from 0 to 5 seconds"),
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
    real = {"MODEL": str(model), "CLIP": str(clip)}
    assert run(monkeypatch, *(real.get(each, each) for each in arguments)) == 2
    assert complaint in capsys.readouterr().err
    assert not [path for path in tmp_path.iterdir() if path != model]


def test_a_picture_is_not_a_clip(
    model: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = DEFAULT_WEIGHTS.parent / "demo/sample2.jpg"
    assert run(monkeypatch, "trace", model, picture) == 2
    assert "is not a video by its name" in capsys.readouterr().err
