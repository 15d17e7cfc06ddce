"""A detector by the name that a contract or a command line gives."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from face_detect.detector import Detector
from face_detect.haar import HaarDetector
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS


def build_detector(
    name: Literal["tiny", "haar"], *, weights: Path = DEFAULT_WEIGHTS, size: int = 416
) -> Detector:
    """`weights` is face-api's `model` folder, and `size` the net's input; Haar needs neither."""
    if name == "haar":
        return HaarDetector()
    return TinyDetector(weights, size=size, second_look=SecondLook())
