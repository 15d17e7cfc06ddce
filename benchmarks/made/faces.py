"""Real faces to make pictures of: from what the packages ship, or from a dataset."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np

from benchmarks.samples import FACE
from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import CropRule, Pixels, sample
from face_detect.detector import Detector
from face_detect.media import read_picture
from train.data.open_dataset import open_dataset
from train.data.record import Record

_AROUND = CropRule(scale=2.2, shift_x=0.0, shift_y=0.0)
_MOST_PX = 640
_LEAST_PX = 48
_SURE = 0.6
"""Well over the detector's threshold, so that the face is found again when it is lit otherwise."""


@dataclass(frozen=True, kw_only=True)
class CutFace:
    """A face with its surroundings."""

    pixels: Pixels
    """RGB, square."""
    box: Box
    """Where the face is in them."""


def packaged_faces(detector: Detector) -> list[CutFace]:
    """Every one in face-api's sample pictures, and Grace Hopper from matplotlib's."""
    hopper = Path(matplotlib.get_data_path(), "sample_data/grace_hopper.jpg")
    paths = [*sorted(FACE.parent.glob("sample[0-9].jpg")), hopper]
    faces = [face for path in paths for face in _faces(read_picture(path), detector)]
    if len(faces) < 2:
        raise InputError(f"{FACE.parent}: holds no faces; install the page's packages: make setup")
    return faces


def dataset_faces(data: Path, most: int, seed: int, detector: Detector) -> list[CutFace]:
    """One of each picture, of so many pictures; which ones the seed decides."""
    records = open_dataset(data).records
    order = np.random.default_rng((seed, 4)).permutation(len(records))
    found: list[CutFace] = []
    for place in order:
        found += list(_face(records[place], detector))
        if len(found) == most:
            break
    if len(found) < 2:
        raise InputError(f"{data}: only {len(found)} faces were found in {len(records)} pictures")
    return found


def _face(record: Record, detector: Detector) -> Iterator[CutFace]:
    try:
        faces = _faces(record.picture(), detector)
    except InputError:
        return
    yield from faces[:1]


def _faces(picture: Pixels, detector: Detector) -> list[CutFace]:
    boxes = [box for box in detector.detect(picture) if box.score >= _SURE]
    boxes = [box for box in boxes if min(box.width, box.height) >= _LEAST_PX]
    return [_cut(picture, box) for box in boxes]


def _cut(picture: Pixels, box: Box) -> CutFace:
    rect = _AROUND.rect(box)
    size = min(rect.side, _MOST_PX)
    scale = size / rect.side
    placed = Box(
        x=(box.x - rect.x) * scale,
        y=(box.y - rect.y) * scale,
        width=box.width * scale,
        height=box.height * scale,
    )
    return CutFace(pixels=sample(picture, rect, size), box=placed)
