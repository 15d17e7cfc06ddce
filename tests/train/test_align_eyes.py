from __future__ import annotations

import argparse
import math
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from face_detect.crop import CropRule, Pixels, crop
from face_detect.landmark_net import LandmarkNet
from face_detect.media import read_picture
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.align_data import align_data
from train.align_eyes import EYES_X, EYES_Y, align_eyes, find_eyes
from train.commands import align
from train.contract import Contract
from train.data.open_dataset import open_dataset

SAMPLE = Path("web/node_modules/@vladmandic/face-api/demo/sample3.jpg")


@pytest.fixture(scope="module")
def landmarks() -> LandmarkNet:
    return LandmarkNet.read(DEFAULT_WEIGHTS)


@pytest.fixture(scope="module")
def face() -> Pixels:
    picture = read_picture(SAMPLE)
    box = TinyDetector(DEFAULT_WEIGHTS).detect(picture)[0]
    return crop(picture, box, CropRule(), 112)


@pytest.mark.parametrize("turn_deg", [-20, 0, 20])
def test_the_eyes_of_a_turned_face_come_to_lie_level_in_their_places(
    face: Pixels, landmarks: LandmarkNet, turn_deg: float
) -> None:
    turn = cv2.getRotationMatrix2D((55.5, 55.5), turn_deg, 1)
    turned = cv2.warpAffine(face, turn, (112, 112), borderMode=cv2.BORDER_REPLICATE)
    aligned = align_eyes(np.asarray(turned, np.uint8), landmarks)
    assert aligned is not None
    wanted = [[EYES_X[0], EYES_Y], [EYES_X[1], EYES_Y]]
    assert find_eyes(aligned, landmarks) == pytest.approx(np.array(wanted), abs=0.04)


@pytest.mark.parametrize(("turn_deg", "apart"), [(60, 0.3), (-90, 0.3), (0, 0.1), (0, 0.6)])
def test_what_lies_too_steep_too_near_or_too_far_apart_is_not_taken_for_eyes(
    landmarks: LandmarkNet, turn_deg: float, apart: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn, grey = math.radians(turn_deg), np.full((48, 48, 3), 128, np.uint8)
    along = apart / 2 * np.array([math.cos(turn), math.sin(turn)])
    points = np.repeat(0.5 + np.array([-along, along]), [42, 26], axis=0)
    given = torch.from_numpy(points.T.reshape(1, 136))
    monkeypatch.setattr(LandmarkNet, "forward", lambda net, x: given)
    assert align_eyes(grey, landmarks) is None


def test_of_a_copy_that_was_interrupted_nothing_is_left(
    contract: Contract, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(crop: Pixels, landmarks: LandmarkNet) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("train.align_data.align_eyes", interrupt)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        align_data(open_dataset(dataset), contract, "emotion", tmp_path / "out.zip", framing="crop")
    assert sorted(tmp_path.iterdir()) == before


def test_every_picture_is_in_the_copy_with_its_label_and_part(
    contract: Contract, dataset: Path, tmp_path: Path
) -> None:
    found = align_data(
        open_dataset(dataset), contract, "emotion", tmp_path / "out.zip", framing="crop"
    )
    assert (found.aligned + found.as_they_were, found.left_out) == (50, 0)
    again = open_dataset(tmp_path / "out.zip")
    before = open_dataset(dataset)
    assert [r.split for r in again.records].count("test") == 10
    assert sorted(r.labels["emotion"] for r in again.records) == sorted(
        r.labels["emotion"] for r in before.records
    )
    assert zipfile.ZipFile(tmp_path / "out.zip").testzip() is None


def aligned(data: Path, out: Path, head: str) -> None:
    parser = argparse.ArgumentParser()
    align.add(parser.add_subparsers())
    chosen = parser.parse_args(
        ["align", str(data), str(out), "--head", head, "--framing", "crop", "--size", "16"]
    )
    chosen.run(chosen)


def test_people_whose_names_the_copy_does_not_keep_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for person in ("1_male_white_30", "2_female_white_40"):
        folder = tmp_path / "data" / person
        folder.mkdir(parents=True)
        for name in ("mask1.png", "normal.png"):
            cv2.imwrite(str(folder / name), np.full((32, 32), 128, np.uint8))
    aligned(tmp_path / "data", tmp_path / "out.zip", "mask")
    assert {record.subject for record in open_dataset(tmp_path / "data").records} == {"1", "2"}
    assert {record.subject for record in open_dataset(tmp_path / "out.zip").records} == {None}
    assert "does not keep who is in the pictures (2 people)" in capsys.readouterr().out


def test_of_data_that_name_nobody_no_name_is_lost(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aligned(dataset, tmp_path / "out.zip", "emotion")
    assert "who is in the pictures" not in capsys.readouterr().out
