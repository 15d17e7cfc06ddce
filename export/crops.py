"""The parity set: crops on which every link of the chain has to agree with the net."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import CropRule, Pixels, crop
from face_detect.detector import Detector
from face_detect.media import read_picture

FACES, OTHERS = 240, 16
_SEED = 20
# Faces of about 150 pixels, as a webcam shows them; the pictures' own have twice that.
_LONG_SIDE = 960


def parity_crops(pictures: Sequence[Path], detector: Detector, rule: CropRule, size: int) -> Pixels:
    """At least 256 RGB crops [N, S, S, 3]: faces, jittered, then noise and places without one."""
    rng = np.random.default_rng(_SEED)
    found = [(picture, detector.detect(picture)) for picture in map(_webcam_sized, pictures)]
    faces = [(picture, box) for picture, boxes in found for box in boxes]
    if not faces:
        raise InputError(f"no face was found in {', '.join(path.name for path in pictures)}")
    crops = [crop(picture, box, rule, size) for picture, box in faces]
    for picture, box in itertools.islice(itertools.cycle(faces), max(0, FACES - len(faces))):
        cut = crop(picture, _jittered(box, rng), rule, size)
        crops.append(cut[:, ::-1] if rng.random() < 0.5 else cut)
    crops += [_noise(rng, size, coarse) for coarse in _grains(size)]
    crops += [
        crop(picture, _elsewhere(picture, boxes, rng), rule, size)
        for picture, boxes in itertools.islice(itertools.cycle(found), OTHERS // 2)
    ]
    return np.ascontiguousarray(np.stack(crops))


def a_few(count: int, wanted: int) -> list[int]:
    """Where to look in so many crops when there is time for `wanted`: half of them at faces, half
    at noise and places without one."""
    faces = np.linspace(0, count - OTHERS - 1, wanted - wanted // 2)
    others = np.linspace(count - OTHERS, count - 1, wanted // 2)
    return [int(index) for index in (*faces, *others)]


def _webcam_sized(path: Path) -> Pixels:
    picture = read_picture(path)
    scale = _LONG_SIDE / max(picture.shape[:2])
    if scale >= 1:
        return picture
    smaller = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, np.uint8)


def _jittered(box: Box, rng: np.random.Generator) -> Box:
    """Off by as much as a detector is from one frame to the next, and more."""
    scale = float(rng.uniform(0.85, 1.2))
    shift_x, shift_y = rng.uniform(-0.1, 0.1, 2)
    return Box(
        x=box.x + box.width * ((1 - scale) / 2 + float(shift_x)),
        y=box.y + box.height * ((1 - scale) / 2 + float(shift_y)),
        width=box.width * scale,
        height=box.height * scale,
    )


def _grains(size: int) -> list[int]:
    return [min(size, grain) for grain in (1, 2, 3, 4, 6, 8, 12, 16)]


def _noise(rng: np.random.Generator, size: int, grain: int) -> Pixels:
    """Random pixels, in blobs of about `grain` pixels."""
    cells = -(-size // grain)
    few = rng.integers(0, 256, (cells, cells, 3), dtype=np.uint8)
    return few.repeat(grain, 0).repeat(grain, 1)[:size, :size]


def _elsewhere(picture: Pixels, faces: list[Box], rng: np.random.Generator) -> Box:
    """A square of the picture that touches no face, or the last one tried."""
    height, width = picture.shape[:2]
    for _ in range(100):
        side = float(rng.uniform(0.05, 0.25)) * min(height, width)
        box = Box(
            x=float(rng.uniform(0, width - side)),
            y=float(rng.uniform(0, height - side)),
            width=side,
            height=side,
        )
        if all(box.iou(face) == 0 for face in faces):
            break
    return box
