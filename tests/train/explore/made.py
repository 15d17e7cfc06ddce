"""Records of pictures that a test makes."""

from __future__ import annotations

import cv2
import numpy as np

from face_detect.crop import Pixels
from train.data.dataset import Dataset
from train.data.record import Record


def drawn(seed: int, side: int = 48) -> Pixels:
    """Soft random blobs: each seed another picture."""
    few = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(few, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)


def record_of(
    picture: Pixels, name: str = "made.png", label: str | None = None, split: str | None = None
) -> Record:
    content = cv2.imencode(".png", picture[..., ::-1])[1].tobytes()
    labels = {} if label is None else {"emotion": label}
    return Record(name=name, labels=labels, read=lambda: content, split=split)


def dataset_of(*records: Record) -> Dataset:
    return Dataset(name="made", format="folder", framing="crop", records=records)
