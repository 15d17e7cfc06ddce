"""Faces of real photos, cut out and made as small and grey as the pictures of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import CropRule, Pixels, Rect, crop, grey
from face_detect.detector import Detector
from train.contract import Crop
from train.data.record import Record

LEAST_PX = 48
"""Smaller boxes are too coarse: a pixel would be 2% of them."""
_LEAST_INSIDE = 0.8
"""Of the second look's square; where less of it is the photo, its box is no honest one."""


def cut_controls(
    records: Sequence[Record],
    *,
    like: Sequence[Pixels],
    crop: Crop,
    rule: CropRule,
    detector: Detector,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> list[Pixels]:
    """Every large face that lies well inside its photo, cut by `rule`; bad files are passed over.

    Side and colour are those that the pictures `like` have.
    """
    side = int(np.median([min(picture.shape[:2]) for picture in like]))
    is_grey = all(_is_grey(picture) for picture in like)
    cut = []
    for done, record in enumerate(records, start=1):
        cut += _controls(record, crop, rule, detector, side)
        on_step(done, len(records))
    return [grey(face).repeat(3, axis=2) for face in cut] if is_grey else cut


def _controls(
    record: Record, settings: Crop, rule: CropRule, detector: Detector, side: int
) -> list[Pixels]:
    try:
        photo = record.picture()
    except InputError:
        return []
    return [
        crop(photo, box, rule, side)
        for box in detector.detect(photo)
        if _has_room(photo, box, settings.second_look.rect(box))
    ]


def _has_room(photo: Pixels, box: Box, around: Rect) -> bool:
    height, width = photo.shape[:2]
    across = min(width, around.x + around.side) - max(0, around.x)
    down = min(height, around.y + around.side) - max(0, around.y)
    large = max(box.width, box.height) >= LEAST_PX
    return large and across * down >= _LEAST_INSIDE * around.side**2


def _is_grey(picture: Pixels) -> bool:
    return bool((picture == picture[..., :1]).all())
