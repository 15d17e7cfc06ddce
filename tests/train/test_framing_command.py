from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from face_detect.build import build_detector
from face_detect.command import InputError
from face_detect.crop import CropRule, crop
from face_detect.media import read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.commands import framing as command

DEMO = DEFAULT_WEIGHTS.parent / "demo"


@pytest.fixture
def faces(tmp_path: Path) -> Path:
    """One face of face-api's, cut out and small, as three pictures."""
    face = read_picture(DEMO / "sample3.jpg")
    box = build_detector("tiny").detect(face)[0]
    small = crop(face, box, CropRule(scale=1.1, shift_y=-0.05), 64)
    folder = tmp_path / "faces" / "happy"
    folder.mkdir(parents=True)
    for i in range(3):
        cv2.imwrite(str(folder / f"{i}.png"), small[..., ::-1])
    return tmp_path / "faces"


def run(*arguments: str | Path) -> None:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    chosen = parser.parse_args(["framing", *map(str, arguments)])
    chosen.run(chosen)


def test_the_rule_that_cut_a_face_is_found_again(
    faces: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(faces, "--json", tmp_path / "framing.json")
    told = json.loads((tmp_path / "framing.json").read_text(encoding="utf-8"))
    assert told["scale"] == pytest.approx(1.1, abs=0.12)
    assert told["shift_y"] == pytest.approx(-0.05, abs=0.08)
    assert "CropRule(scale=" in capsys.readouterr().out


def test_photos_have_no_framing(faces: Path) -> None:
    with pytest.raises(InputError, match="only faces already cut out have a framing"):
        run(faces, "--framing", "photo")


def test_a_small_grey_picture_without_a_face_is_refused(tmp_path: Path) -> None:
    (tmp_path / "faces" / "sad").mkdir(parents=True)
    cv2.imwrite(str(tmp_path / "faces" / "sad" / "a.png"), np.full((48, 48), 90, np.uint8))
    with pytest.raises(InputError, match="no face was found in 1 pictures"):
        run(tmp_path / "faces")
