"""Real pictures of faces, and the detector's real weights: `make setup` fetches both."""

from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.crop import Pixels
from face_detect.media import read_picture
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS


@pytest.fixture(scope="session")
def samples() -> Path:
    """face-api's demo folder: `sample1.jpg` to `sample6.jpg`."""
    return DEFAULT_WEIGHTS.parent / "demo"


@pytest.fixture(scope="session")
def three_faces(samples: Path) -> Pixels:
    return read_picture(samples / "sample3.jpg")


@pytest.fixture(scope="session")
def tiny() -> TinyDetector:
    return TinyDetector(DEFAULT_WEIGHTS)
