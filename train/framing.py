"""Measure how ready-made crops are framed, in the terms of the rule that the browser cuts by."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.box import Box
from face_detect.build import build_detector
from face_detect.command import InputError
from face_detect.crop import CropRule, Pixels
from face_detect.detector import Detector
from face_detect.second_look import SAME_FACE_IOU
from train.contract import Crop
from train.data.dataset import Dataset
from train.data.record import Record
from train.framing_control import cut_controls
from train.inputs import whole
from train.surround import Surroundings, surround

LEAST_CONTROLS = 20
OnStep = Callable[[str, int, int], None]
_NORMAL_DECILES = 2.563
"""From the tenth to the ninetieth percentile of a normal distribution, in standard deviations."""


@dataclass(frozen=True, kw_only=True)
class FramingOptions:
    """How the pictures are shown to the detector."""

    pictures: int = 500
    """At most so many, drawn at random."""
    photos: int = 2000
    """Of the control's photos; few have room around the face."""
    side_px: int = 96
    """Each is scaled to this side, about that of a face in a webcam's picture."""
    pad: float = 2.0
    """How far the surroundings reach, in sides; below about 1 they touch the second look."""
    surroundings: tuple[Surroundings, ...] = get_args(Surroundings)
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Where most values lie."""

    median: float
    low: float
    """The tenth percentile."""
    high: float
    """The ninetieth."""
    sd: float

    @property
    def robust_sd(self) -> float:
        """The standard deviation that the percentiles would have if there were no outliers."""
        return (self.high - self.low) / _NORMAL_DECILES


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The pictures as squares relative to the detector's boxes, in one kind of surroundings."""

    surroundings: Surroundings
    looked_at: int
    found: int
    scale: Spread
    shift_x: Spread
    shift_y: Spread


@dataclass(frozen=True, kw_only=True)
class FramingReport:
    """What was measured, and what to set."""

    data: str
    measured: tuple[Measured, ...]
    control_rule: CropRule | None
    """The rule by which faces of real photos were cut, to see what the surroundings add."""
    control: tuple[Measured, ...]
    """Those faces, measured in the same way."""
    scale: float
    shift_x: float
    shift_y: float
    """For the `CropRule`: the median over the surroundings, less what they added to the control."""
    between: tuple[float, float, float]
    """How far the surroundings differ in scale, shift_x and shift_y, after that."""
    scale_sd: float
    shift_sd: float
    """How much to jitter crops by in training."""


def measure_framing(
    dataset: Dataset,
    crop: Crop,
    options: FramingOptions,
    *,
    photos: Dataset | None = None,
    detector: Detector | None = None,
    on_step: OnStep = lambda what, done, total: None,
) -> FramingReport:
    """Which `CropRule` would cut faces as the pictures of `dataset` are cut.

    Each picture is put into made-up surroundings, and the detector finds its face there. What the
    surroundings do to the box is seen on faces of real `photos`, cut out by a known rule.
    """
    detector = detector or build_detector(
        crop.detector, size=crop.detector_size, second_look=crop.second_look
    )
    pictures = _pictures(drawn(dataset, options.pictures, options.seed))
    if not pictures:
        raise InputError(f"{dataset.name}: holds no picture that can be read")
    measured = _measure("pictures", pictures, detector, options, on_step)
    if photos is None:
        return _report(dataset.name, measured, None, ())
    scale, shift_x, shift_y = np.median(_medians(measured), axis=0).round(2).tolist()
    rule = CropRule(scale=scale, shift_x=shift_x, shift_y=shift_y)
    chosen = drawn(photos, options.photos, options.seed)
    cut = cut_controls(
        chosen, like=pictures, crop=crop, rule=rule, detector=detector,
        on_step=lambda done, total: on_step("photos", done, total),
    )  # fmt: skip
    if len(cut) < LEAST_CONTROLS:
        raise InputError(
            f"{photos.name}: {len(cut)} faces in it have room around them, not {LEAST_CONTROLS}"
        )
    control = _measure("control faces", cut, detector, options, on_step)
    return _report(dataset.name, measured, rule, control)


def drawn(dataset: Dataset, most: int, seed: int) -> list[Record]:
    """At most so many records, drawn at random, in the dataset's order."""
    order = np.random.default_rng(seed).permutation(len(dataset.records))[:most]
    return [dataset.records[i] for i in sorted(order.tolist())]


def _pictures(records: Sequence[Record]) -> list[Pixels]:
    """Without those that cannot be read; `explore` names them."""
    pictures = []
    for record in records:
        with contextlib.suppress(InputError):
            pictures.append(record.picture())
    return pictures


def _measure(
    what: str,
    pictures: Sequence[Pixels],
    detector: Detector,
    options: FramingOptions,
    on_step: OnStep,
) -> tuple[Measured, ...]:
    total = len(pictures) * len(options.surroundings)
    measured = []
    for i, kind in enumerate(options.surroundings):
        seen = []
        for j, picture in enumerate(pictures):
            seen.append(_seen(picture, kind, detector, options))
            on_step(what, i * len(pictures) + j + 1, total)
        measured.append(_measured(kind, seen))
    return tuple(measured)


def _seen(
    picture: Pixels, kind: Surroundings, detector: Detector, options: FramingOptions
) -> tuple[float, float, float] | None:
    """Scale and shifts of the rule that would cut this picture out of its surroundings."""
    side, pad = options.side_px, round(options.side_px * options.pad)
    square = Box(x=pad, y=pad, width=side, height=side)
    boxes = detector.detect(surround(_scaled(picture, side), pad, kind))
    box = next((box for box in boxes if box.iou(square) >= SAME_FACE_IOU), None)
    if box is None:
        return None
    longer = max(box.width, box.height)
    centre = pad + side / 2
    return (
        side / longer,
        (centre - box.x - box.width / 2) / longer,
        (centre - box.y - box.height / 2) / longer,
    )


def _scaled(picture: Pixels, side: int) -> Pixels:
    """The central square, smooth: bilinear would show the detector the old pixels' edges."""
    square = whole(picture, min(picture.shape[:2]))
    return np.asarray(cv2.resize(square, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)


def _measured(kind: Surroundings, seen: Sequence[tuple[float, float, float] | None]) -> Measured:
    found = np.array([one for one in seen if one is not None]).reshape(-1, 3)
    if not len(found):
        raise InputError(f"no face was found in {len(seen)} pictures; are they faces cut out?")
    scale, shift_x, shift_y = (_spread(column) for column in found.T)
    return Measured(
        surroundings=kind, looked_at=len(seen), found=len(found),
        scale=scale, shift_x=shift_x, shift_y=shift_y,
    )  # fmt: skip


def _spread(values: npt.NDArray[np.float64]) -> Spread:
    low, median, high = np.percentile(values, (10, 50, 90)).tolist()
    return Spread(median=median, low=low, high=high, sd=float(values.std()))


def _medians(measured: Sequence[Measured]) -> npt.NDArray[np.float64]:
    """[surroundings, scale and shifts]"""
    return np.array([[m.scale.median, m.shift_x.median, m.shift_y.median] for m in measured])


def _report(
    data: str, measured: tuple[Measured, ...], rule: CropRule | None, control: tuple[Measured, ...]
) -> FramingReport:
    medians = _medians(measured)
    if rule is not None:
        seen = _medians(control)
        medians[:, 0] *= rule.scale / seen[:, 0]
        medians[:, 1:] -= seen[:, 1:] - (rule.shift_x, rule.shift_y)
    scale, shift_x, shift_y = np.median(medians, axis=0).tolist()
    between_scale, between_x, between_y = np.ptp(medians, axis=0).tolist()
    shifts = [spread.robust_sd for m in measured for spread in (m.shift_x, m.shift_y)]
    return FramingReport(
        data=data,
        measured=measured,
        control_rule=rule,
        control=control,
        scale=scale,
        shift_x=shift_x,
        shift_y=shift_y,
        between=(between_scale, between_x, between_y),
        scale_sd=float(np.median([m.scale.robust_sd for m in measured])),
        shift_sd=float(np.median(shifts)),
    )
