"""Faces of records as the browser cuts them: one path for training, validation and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from face_detect.box import Box
from face_detect.build import build_detector
from face_detect.command import InputError
from face_detect.crop import Pixels, crop
from face_detect.detector import Detector
from face_detect.second_look import SAME_FACE_IOU
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.contract import Contract, Crop
from train.data.dataset import Dataset, Framing, Problem
from train.data.record import Record
from train.guess_framing import guess_framing
from train.inputs import whole

AskedFraming = Framing | Literal["auto"]
NO_FACE = "no face found"
UNREADABLE = "picture unreadable"


@dataclass(frozen=True, kw_only=True)
class FaceCrop:
    """One face as the net will see it."""

    pixels: Pixels
    """RGB [S, S, 3]."""
    face_px: float
    """Longer side of the face's box in its picture, of a cutout in the one that it was cut out of;
    of a ready crop, the side of its square."""


@dataclass(frozen=True, kw_only=True)
class Crops:
    """One row a record, in the records' order; a face that was not found is a miss, not gone."""

    pixels: Pixels
    """RGB [N, S, S, 3]; black where `found` is false."""
    found: npt.NDArray[np.bool_]
    face_px: npt.NDArray[np.float64]
    """As in `FaceCrop`; 0 where `found` is false."""
    problems: tuple[Problem, ...]
    """Each record without a face, and why."""

    def __len__(self) -> int:
        return len(self.found)


def crops_of(
    records: Dataset | Sequence[Record],
    contract: Contract,
    *,
    framing: AskedFraming = "auto",
    size: int | None = None,
    detector: Detector | None = None,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Crops:
    """The crop of every record.

    "crop" takes pictures as faces already cut out, "photo" finds the face first, "cutout" takes it
    where the record has its box, and "auto" does what the dataset says of itself. A record that
    says how it is framed is taken so. `size` is the net's unless given.
    """
    framing = resolve_framing(framing, records, contract.crop)
    records = records.records if isinstance(records, Dataset) else records
    size = contract.input.size if size is None else size
    framings = {record.framing or framing for record in records}
    if "photo" in framings and detector is None:
        detector = detector_of(contract)
    cut = partial(face_crop, contract=contract, framing=framing, size=size, detector=detector)
    pixels = np.zeros((len(records), size, size, 3), np.uint8)
    face_px = np.zeros(len(records))
    problems = []
    for i, record in enumerate(records):
        face = _crop_or_problem(cut, record)
        if isinstance(face, Problem):
            problems.append(face)
        else:
            pixels[i], face_px[i] = face.pixels, face.face_px
        on_step(i + 1, len(records))
    return Crops(pixels=pixels, found=face_px > 0, face_px=face_px, problems=tuple(problems))


def face_crop(
    record: Record,
    contract: Contract,
    *,
    framing: Framing,
    size: int | None = None,
    detector: Detector | None = None,
) -> FaceCrop | None:
    """One record's crop; None where no face is found."""
    picture = record.picture()
    size = contract.input.size if size is None else size
    framing = record.framing or framing
    if framing == "crop":
        side = float(min(picture.shape[:2]))
        return FaceCrop(pixels=whole(picture, size), face_px=side * record.shrunk)
    box = record.box
    if framing == "photo":
        box = choose_face((detector or detector_of(contract)).detect(picture), record.box)
    if box is None:
        return None
    pixels = crop(picture, box, contract.crop.rule, size)
    return FaceCrop(pixels=pixels, face_px=max(box.width, box.height) * record.shrunk)


def detector_of(contract: Contract, weights: Path = DEFAULT_WEIGHTS) -> Detector:
    """The detector that the page runs for this contract."""
    return page_detector(contract.crop, weights)


def page_detector(crop: Crop, weights: Path = DEFAULT_WEIGHTS) -> Detector:
    """The same before there is a contract."""
    return build_detector(
        crop.detector, weights=weights, size=crop.detector_size, second_look=crop.second_look
    )


def resolve_framing(
    asked: AskedFraming, records: Dataset | Sequence[Record], crop: Crop
) -> Framing:
    """What "auto" means for a dataset: what it says of itself, or else what its pictures show."""
    if asked != "auto":
        return asked
    if not isinstance(records, Dataset):
        raise ValueError('bare records do not say their framing: give the Dataset, not "auto"')
    if records.framing is not None:
        return records.framing
    return guess_framing(records.records, page_detector(crop), crop.rule)


def _crop_or_problem(
    cut: Callable[[Record], FaceCrop | None], record: Record
) -> FaceCrop | Problem:
    try:
        face = cut(record)
    except InputError as error:
        return Problem(name=record.name, kind=UNREADABLE, detail=str(error))
    return face or Problem(name=record.name, kind=NO_FACE)


def choose_face(boxes: Sequence[Box], known: Box | None) -> Box | None:
    """The most certain face, as the page takes it, or the one that the dataset means."""
    if known is None:
        return next(iter(boxes), None)
    best = max(boxes, key=known.iou, default=None)
    return best if best is not None and known.iou(best) >= SAME_FACE_IOU else None
