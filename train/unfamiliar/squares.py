"""Squares without a face, of many photos."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.detector import Detector
from train.data.dataset import Dataset
from train.unfamiliar.beside import beside


def squares(
    photos: Dataset,
    detector: Detector,
    size: int,
    count: int,
    seed: int,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Pixels:
    """As many from each photo, [N, size, size, 3]; fewer where photos have no room for more."""
    random = np.random.default_rng(seed)
    chosen = [photos.records[i] for i in random.permutation(len(photos.records))[:count]]
    each = -(-count // len(chosen))
    found = []
    for done, record in enumerate(chosen, 1):
        on_step(done, len(chosen))
        try:
            picture = record.picture()
        except InputError:
            continue
        faces = detector.detect(picture)
        found += [beside(picture, faces, size, random) for _ in range(each)]
    kept = [square for square in found if square is not None][:count]
    if not kept:
        raise InputError(f"{photos.name}: no photo has room for a square beside its faces")
    return np.stack(kept)
