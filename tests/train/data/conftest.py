"""Pictures and zips as the datasets have them, made small."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np
import pytest

from face_detect.crop import Pixels

MakeJpeg = Callable[..., bytes]
Pack = Callable[[Path, Mapping[str, bytes]], Path]


@pytest.fixture
def jpeg() -> MakeJpeg:
    """A JPEG of smooth noise, another one for each seed."""

    def make(seed: int = 0, side: int = 48, *, quality: int = 95) -> bytes:
        encoded = cv2.imencode(".jpg", noise(seed, side), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        return encoded.tobytes()

    return make


def noise(seed: int, side: int) -> Pixels:
    random = np.random.default_rng(seed).integers(0, 256, (side, side), dtype=np.uint8)
    smooth = cv2.GaussianBlur(random, (0, 0), side / 12)
    stretched = cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX)  # type: ignore[call-overload]
    return np.asarray(stretched, np.uint8)


@pytest.fixture
def pack() -> Pack:
    """Write files into a zip, or into a folder if the path has no `.zip`."""

    def write(path: Path, files: Mapping[str, bytes]) -> Path:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in files.items():
                    archive.writestr(name, content)
        else:
            for name, content in files.items():
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_bytes(content)
        return path

    return write
