"""A face with its landmarks, and a dataset that knows who is in its pictures."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from face_detect.crop import CropRule, Pixels, crop
from face_detect.landmark_net import LandmarkNet
from face_detect.media import read_picture
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.find_landmarks import find_landmarks
from train.masks.mask_shape import Place

SAMPLE = DEFAULT_WEIGHTS.parent / "demo" / "sample3.jpg"
SIDE = 120


@pytest.fixture(scope="session")
def face() -> Pixels:
    picture = read_picture(SAMPLE)
    box = TinyDetector(DEFAULT_WEIGHTS).detect(picture)[0]
    return crop(picture, box, CropRule(scale=1.2, shift_x=0, shift_y=0), SIDE)


@pytest.fixture(scope="session")
def points(face: Pixels) -> Place:
    """In the face's pixels."""
    found = find_landmarks(face, LandmarkNet.read(DEFAULT_WEIGHTS))
    return found.astype(np.float64) * SIDE


@pytest.fixture
def people(face: Pixels, tmp_path: Path) -> Path:
    """Two faces and a picture without one, in FairFace's layout."""
    table = "file,age,gender,race\nval/1.png,20-29,Male,White\nval/2.png,3-9,Female,White\n"
    with zipfile.ZipFile(tmp_path / "people.zip", "w") as archive:
        wide = cv2.copyMakeBorder(face, 60, 60, 60, 60, cv2.BORDER_REPLICATE)
        for name, picture in (("1", wide), ("2", wide[:, ::-1]), ("3", np.zeros_like(wide))):
            data = cv2.imencode(".png", picture[..., ::-1])[1].tobytes()
            archive.writestr(f"val/{name}.png", data)
        archive.writestr("fairface_label_val.csv", f"{table}val/3.png,60-69,Male,White\n")
    return tmp_path / "people.zip"


@pytest.fixture
def cut_out(face: Pixels, tmp_path: Path) -> Path:
    """The same face as FairFace's usual edition has it: it fills its picture."""
    table = "file,age,gender,race\nval/1.png,20-29,Male,White\n"
    with zipfile.ZipFile(tmp_path / "cut-out.zip", "w") as archive:
        archive.writestr("val/1.png", cv2.imencode(".png", face[..., ::-1])[1].tobytes())
        archive.writestr("fairface_label_val.csv", table)
    return tmp_path / "cut-out.zip"
