"""Every picture decoded once: how large, how bright, and a small grey view of its face."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import CropRule, Pixels
from train.data.dataset import Problem
from train.data.readable import problem_of
from train.data.record import Record

SIDE = 48
_AROUND = CropRule(scale=1.2, shift_y=-0.05)
"""Of a box that a dataset gives, what is shown."""


@dataclass(frozen=True, kw_only=True)
class Looks:
    """The records that could be decoded, and what each looks like; one row a record."""

    records: tuple[Record, ...]
    sizes: npt.NDArray[np.int64]
    """[N, 2], width and height."""
    views: Pixels
    """[N, 48, 48], grey."""
    brightness: npt.NDArray[np.float64]
    """Mean of the view, 0 to 255."""
    contrast: npt.NDArray[np.float64]
    """Standard deviation of the view, in the same steps."""
    plain: npt.NDArray[np.float64]
    """Share of the view's pixels that have its commonest level, give or take a little."""
    problems: tuple[Problem, ...]


def look_at(records: Sequence[Record], on_step: Callable[[int, int], None]) -> Looks:
    """Decode them all; what cannot be decoded becomes a problem."""
    kept, sizes, views, problems = [], [], [], []
    for done, record in enumerate(records, start=1):
        try:
            picture = record.picture()
        except InputError as error:
            problems.append(problem_of(record, error))
        else:
            kept.append(record)
            sizes.append((picture.shape[1], picture.shape[0]))
            small = face_of(picture, record.box, SIDE)
            views.append(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
        on_step(done, len(records))
    stack = np.array(views, np.uint8).reshape(-1, SIDE, SIDE)
    return Looks(
        records=tuple(kept),
        sizes=np.array(sizes, np.int64).reshape(-1, 2),
        views=stack,
        brightness=stack.mean((1, 2)),
        contrast=stack.std((1, 2)),
        plain=np.array([_plain(view) for view in stack]),
        problems=tuple(problems),
    )


def face_of(picture: Pixels, box: Box | None, most_px: int) -> Pixels:
    """The face where it is known, otherwise the central square, scaled to a side of `most_px`."""
    height, width = picture.shape[:2]
    side = min(height, width)
    x, y = (width - side) // 2, (height - side) // 2
    if box is not None:
        rect = _AROUND.rect(box)
        side = min(side, rect.side)
        x, y = min(max(rect.x, 0), width - side), min(max(rect.y, 0), height - side)
    square = picture[y : y + side, x : x + side]
    if side == most_px:
        return square
    way = cv2.INTER_AREA if side > most_px else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(square, (most_px, most_px), interpolation=way), np.uint8)


def _plain(view: Pixels) -> float:
    """Text on one colour has most of its pixels within a few grey levels."""
    levels = np.bincount(view.reshape(-1) // 4, minlength=64)
    return float((levels[:-1] + levels[1:]).max() / view.size)
