"""Faces out of a dataset without any care: decode, detect and save, one picture at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from face_detect.box import Box
from face_detect.command import InputError, MachineError
from face_detect.crop import Pixels
from face_detect.detector import Detector
from train.data.record import Record
from train.prepare.options import PrepareOptions


def naive_way(
    records: Sequence[Record], folder: Path, detector: Detector, options: PrepareOptions
) -> int:
    """Read each from its zip, decode it whole, show the whole to the detector, save the square with
    the same margin and size as a JPEG; how many faces were saved."""
    saved = 0
    for number, record in enumerate(records):
        try:
            picture = record.picture()
        except InputError:
            continue
        if boxes := detector.detect(picture):
            face = _square(picture, boxes[0], options)
            path = folder / f"{number:06}.jpg"
            if not cv2.imwrite(str(path), face, [cv2.IMWRITE_JPEG_QUALITY, options.quality]):
                raise MachineError(f"{path}: cannot be written")
            saved += 1
    return saved


def _square(picture: Pixels, box: Box, options: PrepareOptions) -> Pixels:
    """BGR."""
    rect = options.crop.rule.rect(box)
    margin = round(rect.side * options.margin)
    height, width = picture.shape[:2]
    rows = slice(max(0, rect.y - margin), min(height, rect.y + rect.side + margin))
    columns = slice(max(0, rect.x - margin), min(width, rect.x + rect.side + margin))
    face = np.ascontiguousarray(picture[rows, columns, ::-1])
    scale = min(1.0, options.size / rect.side)
    size = tuple(max(1, round(side * scale)) for side in face.shape[1::-1])
    return np.asarray(cv2.resize(face, size, interpolation=cv2.INTER_AREA), np.uint8)
