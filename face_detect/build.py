"""A detector by the name that a contract or a command line gives."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

from face_detect.detector import Detector
from face_detect.haar import HaarDetector
from face_detect.second_look import SecondLook
from face_detect.tiny import TinyDetector
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from face_detect.tracker import Tracker

SECOND_LOOK = SecondLook()


def build_detector(
    name: Literal["tiny", "haar"],
    *,
    weights: Path = DEFAULT_WEIGHTS,
    size: int = 416,
    second_look: SecondLook | None = SECOND_LOOK,
) -> Detector:
    """`weights` is face-api's `model` folder, and `size` the net's input; Haar needs neither."""
    if name == "haar":
        return HaarDetector()
    return TinyDetector(weights, size=size, second_look=second_look)


def build_tracker(
    name: Literal["tiny", "haar"],
    *,
    weights: Path = DEFAULT_WEIGHTS,
    size: int = 416,
    look: SecondLook = SECOND_LOOK,
) -> Tracker:
    """Follows a face with that detector: whole frames at `size`, squares at the look's."""
    if name == "haar":
        haar = HaarDetector()
        return Tracker(whole=haar.detect, near=haar.near, look=look)
    tiny = TinyDetector(weights, size=size, second_look=look)
    return Tracker(whole=tiny.search, near=partial(tiny.near, size=look.size), look=look)
