"""Small datasets to prepare, and what came of it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from face_detect.crop import Pixels
from face_detect.media import read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.crops import AskedFraming
from train.data.open_dataset import open_dataset
from train.prepare.engine import Engine
from train.prepare.local_engine import LocalEngine
from train.prepare.options import PrepareOptions
from train.prepare.prepare import Prepared, prepare

DEMO = DEFAULT_WEIGHTS.parent / "demo"
SMALL = PrepareOptions(portion=3, shard_mb=1)
Run = Callable[..., Prepared]


@pytest.fixture
def crops(tmp_path: Path) -> Path:
    """Faces that were cut out already, as far as anyone can tell: noise of two labels."""
    path = tmp_path / "crops.zip"
    random = np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for i in range(16):
            picture = random.integers(0, 256, (40, 40, 3), dtype=np.uint8)
            archive.writestr(f"{'happy' if i % 2 else 'sad'}/{i:03}.jpg", as_jpeg(picture))
    return path


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One face, three faces, no face, a picture cut short, and again the one face, turned."""
    path = tmp_path_factory.mktemp("photos") / "photos.zip"
    one, three = photo("sample2.jpg", 900), photo("sample1.jpg", 900)
    wall = np.full((300, 400, 3), 90, np.uint8)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("happy/one.jpg", as_jpeg(one))
        archive.writestr("happy/three.jpg", as_jpeg(three))
        archive.writestr("happy/turned.jpg", as_jpeg(np.ascontiguousarray(np.rot90(one)), 6))
        archive.writestr("sad/short.jpg", as_jpeg(one)[:200])
        archive.writestr("sad/wall.jpg", as_jpeg(wall))
        archive.writestr("sad/one.png", cv2.imencode(".png", one[..., ::-1])[1].tobytes())
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Prepare a dataset as the command does."""

    def start(
        data: Path,
        out: str = "out",
        options: PrepareOptions = SMALL,
        engine: Engine | None = None,
        framing: AskedFraming = "auto",
        **reading: Any,
    ) -> Prepared:
        dataset = open_dataset(data, **reading)
        return prepare(
            dataset, data, tmp_path / out, options, engine or LocalEngine(1), framing=framing
        )

    return start


def photo(name: str, longer_px: int) -> Pixels:
    """One of face-api's, smaller."""
    picture = read_picture(DEMO / name)
    scale = longer_px / max(picture.shape[:2])
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def as_jpeg(picture: Pixels, orientation: int = 1, quality: int = 95) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality, exif=exif)
    return file.getvalue()


def digests(folder: Path) -> dict[str, str]:
    """Every file's SHA-256, without the lock."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
