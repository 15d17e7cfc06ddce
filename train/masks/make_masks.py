"""Faces without a mask, and again with one worn and worn wrong, as a dataset of their own."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import cv2
import numpy as np

from face_detect.command import InputError
from face_detect.crop import CropRule, Pixels, Rect, sample
from face_detect.detector import Detector
from face_detect.landmark_net import LandmarkNet
from face_detect.tiny_weights import DEFAULT_WEIGHTS
from train.align_eyes import are_eyes, eyes_of
from train.contract import Crop
from train.crops import AskedFraming, page_detector, resolve_framing
from train.data.dataset import Dataset
from train.data.fairface import MASKS
from train.data.new_zip import new_zip
from train.data.record import Record
from train.find_landmarks import find_landmarks
from train.inputs import middle
from train.masks.draw_mask import draw_mask
from train.masks.mask_shape import WORN, Place

TABLE = "fairface_label_masks.csv"
KNOWN = ("age", "gender", "race")
COLUMNS = ("file", *KNOWN, "mask", "face")
QUALITY = 92
_SIZE = 112
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of everything in the zip, so that equal pictures make equal bytes."""


@dataclass(frozen=True, kw_only=True)
class MadeMasks:
    """What was written."""

    faces: int
    left_out: dict[str, int]
    """How many pictures gave none, by the reason."""


def make_masks(
    dataset: Dataset,
    out: Path,
    *,
    seed: int = 0,
    most: int | None = None,
    framing: AskedFraming = "auto",
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> MadeMasks:
    """Write each face in all three states to a zip in FairFace's layout, whole or not at all.

    The table has two columns more: `mask`, and `face`, the picture that a face is of, so that all
    its states fall into one part. A face is drawn on by the seed and its name alone. Of a photo it
    is cut out as the page cuts it where it wears none: of those with a mask the detector would
    miss the most.
    """
    records = _chosen(dataset.records, most, seed)
    crop, landmarks = Crop(), LandmarkNet.read(DEFAULT_WEIGHTS)
    square: Callable[[Pixels], Rect | None] = middle
    if resolve_framing(framing, dataset, crop) != "crop":
        square = partial(_found, detector=page_detector(crop), rule=crop.rule)
    left_out: Counter[str] = Counter()
    rows: list[dict[str, str]] = []
    aside = out.with_name(f".{out.name}.new")
    try:
        with new_zip(aside) as archive:
            for done, record in enumerate(records, 1):
                made = _made(record, seed, square, landmarks)
                if isinstance(made, str):
                    left_out[made] += 1
                for mask, pixels in made if not isinstance(made, str) else ():
                    rows.append(_row(record, mask))
                    _add(archive, rows[-1]["file"], _jpeg(pixels))
                on_step(done, len(records))
            if not rows:
                raise InputError(f"{dataset.name}: {_why(left_out)}")
            _add(archive, TABLE, _table(rows))
        aside.replace(out)
    finally:
        aside.unlink(missing_ok=True)
    return MadeMasks(faces=len(rows) // len(MASKS), left_out=dict(left_out))


def _chosen(records: Sequence[Record], most: int | None, seed: int) -> list[Record]:
    if most is None or most >= len(records):
        return list(records)
    places = np.random.default_rng(seed).permutation(len(records))[:most]
    return [records[i] for i in sorted(places.tolist())]


def _made(
    record: Record, seed: int, square: Callable[[Pixels], Rect | None], landmarks: LandmarkNet
) -> list[tuple[str, Pixels]] | str:
    """The face in each state; or why there is none."""
    if missing := [name for name in KNOWN if name not in record.labels]:
        return f"no {missing[0]} known"
    try:
        picture = record.picture()
    except InputError:
        return "picture unreadable"
    rect = square(picture)
    points = _points(picture, rect, landmarks) if rect else None
    if rect is None or points is None:
        return "no face found"
    random = np.random.default_rng((seed, zlib.crc32(record.name.encode())))
    drawn: dict[str, Pixels] = {worn: draw_mask(picture, points, worn, random) for worn in WORN}
    return [(mask, sample(drawn.get(mask, picture), rect, rect.side)) for mask in MASKS]


def _found(picture: Pixels, detector: Detector, rule: CropRule) -> Rect | None:
    """Where the most certain face is cut out."""
    box = next(iter(detector.detect(picture)), None)
    return rule.rect(box) if box else None


def _points(picture: Pixels, rect: Rect, landmarks: LandmarkNet) -> Place | None:
    """The landmarks of the face in the square, in the picture's pixels."""
    found = find_landmarks(sample(picture, rect, _SIZE), landmarks)
    if not are_eyes(eyes_of(found)):
        return None
    points: Place = found.astype(np.float64) * rect.side + (rect.x, rect.y)
    return points


def _row(record: Record, mask: str) -> dict[str, str]:
    path = PurePosixPath(record.name)
    # FairFace's tables name a picture's folder and its name alone.
    file = f"{path.parent.name or 'faces'}/{path.stem}-{mask}.jpg"
    known = {name: record.labels[name] for name in KNOWN}
    return {"file": file, **known, "mask": mask, "face": record.name}


def _table(rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _jpeg(pixels: Pixels) -> bytes:
    """All states alike, lest how often a picture was compressed tell them apart."""
    data: bytes = cv2.imencode(".jpg", pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[
        1
    ].tobytes()
    return data


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, date_time=_EPOCH), content)


def _why(left_out: Counter[str]) -> str:
    reasons: Iterator[str] = (f"{count} × {reason}" for reason, count in left_out.most_common())
    return f"no face could be drawn on ({', '.join(reasons) or 'it holds no pictures'})"
