"""Whether a dataset's pictures are faces already cut out, where it does not say so itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import CropRule
from face_detect.detector import Detector
from train.data.dataset import Framing
from train.data.record import Record

LOOKED_AT = 24
"""Pictures, evenly spread over the dataset."""
TOO_SMALL_PX = 64
"""A picture this small holds no more than a face."""
FILLS = 0.75
"""A face whose square takes this share of its picture's shorter side has been cut out already."""


def guess_framing(records: Sequence[Record], detector: Detector, rule: CropRule) -> Framing:
    """What most pictures look like; those in which no face is seen do not vote.

    A face that fills its picture is too large for the detector, so where none is seen at all the
    pictures are taken as crops.
    """
    step = max(1, len(records) // LOOKED_AT)
    votes = Counter(_vote(record, detector, rule) for record in records[::step])
    return "photo" if votes["photo"] > votes["crop"] else "crop"


def _vote(record: Record, detector: Detector, rule: CropRule) -> Framing | None:
    try:
        picture = record.picture()
    except InputError:
        return None
    side = min(picture.shape[:2])
    if side <= TOO_SMALL_PX:
        return "crop"
    boxes = detector.detect(picture)
    if not boxes:
        return None
    return "crop" if _square(boxes[0], rule) >= FILLS * side else "photo"


def _square(box: Box, rule: CropRule) -> float:
    return rule.scale * max(box.width, box.height)
