"""Every face of many pictures and videos, cut out into a folder."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2

from face_detect.box import Box
from face_detect.command import InputError, MachineError
from face_detect.crop import CropRule, Pixels, crop
from face_detect.detector import Detector
from face_detect.media import Frame, read_media

INDEX = "boxes.json"
WRITER = "facecast face_detect"
STEM_LENGTH = 40
"""Characters of a source's name that its crops carry; file systems allow 255 bytes in all."""


@dataclass(frozen=True, kw_only=True)
class Face:
    """A box and the file of its crop, relative to the folder."""

    box: Box
    crop: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """The faces of one picture, or of one frame of a video."""

    source: Path
    frame: int | None
    time_s: float | None
    faces: tuple[Face, ...]


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A source that could not be read, and why."""

    source: Path
    reason: str


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """What came out: one entry per picture or frame, and the sources that gave nothing."""

    found: list[Found] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def face_count(self) -> int:
        return sum(len(found.faces) for found in self.found)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How faces are found and cut out."""

    detector: Detector
    rule: CropRule = field(default_factory=CropRule)
    crop_size: int = 112
    every: int = 1
    """Of a video, each how many frames one is looked at."""


def extract(
    sources: Iterable[Path],
    plan: Plan,
    folder: Path,
    progress: Callable[[Path, Extraction], None] = lambda source, extraction: None,
) -> Extraction:
    """Write crops and `boxes.json` into `folder`; a source that cannot be read is listed there."""
    extraction = Extraction()
    for number, source in enumerate(sources):
        progress(source, extraction)
        stem = f"{number:05d}-{source.stem[:STEM_LENGTH]}"
        try:
            for frame in read_media(source, plan.every):
                extraction.found.append(_cut_out(source, frame, stem, plan, folder))
                progress(source, extraction)
        except InputError as error:
            reason = str(error).removeprefix(f"{source}: ")
            extraction.failures.append(Failure(source=source, reason=reason))
    _write_index(extraction, plan, folder)
    return extraction


def is_extraction(folder: Path) -> bool:
    """Whether `extract` wrote this folder."""
    try:
        document = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(document, dict) and document.get("writer") == WRITER


def _cut_out(source: Path, frame: Frame, stem: str, plan: Plan, folder: Path) -> Found:
    start = stem if frame.index is None else f"{stem}-{frame.index:06d}"
    faces = []
    for i, box in enumerate(plan.detector.detect(frame.rgb)):
        face = Face(box=box, crop=f"crops/{start}-{i}.png")
        _write_png(folder / face.crop, crop(frame.rgb, box, plan.rule, plan.crop_size))
        faces.append(face)
    return Found(source=source, frame=frame.index, time_s=frame.time_s, faces=tuple(faces))


def _write_png(path: Path, rgb: Pixels) -> None:
    path.parent.mkdir(exist_ok=True)
    _, encoded = cv2.imencode(".png", rgb[..., ::-1])
    _write(path, encoded.tobytes())


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise MachineError(f"{path}: cannot be written ({error.strerror})") from error


def _write_index(extraction: Extraction, plan: Plan, folder: Path) -> None:
    document = {
        "writer": WRITER,
        "version": 1,
        "detector": _settings(plan.detector),
        "rule": dataclasses.asdict(plan.rule),
        "crop_size": plan.crop_size,
        "pictures": [_entry(found) for found in extraction.found],
        "failures": [
            {"source": str(failure.source), "reason": failure.reason}
            for failure in extraction.failures
        ],
    }
    text = json.dumps(document, indent=2) + "\n"
    _write(folder / INDEX, text.encode())


def _entry(found: Found) -> dict[str, Any]:
    entry: dict[str, Any] = {"source": str(found.source)}
    if found.frame is not None:
        entry |= {"frame": found.frame, "time_s": found.time_s}
    boxes = [dataclasses.asdict(face.box) | {"crop": face.crop} for face in found.faces]
    return entry | {"boxes": boxes}


def _settings(detector: Detector) -> dict[str, Any]:
    """The name, and every number that the detector was made with."""
    numbers = {
        key: value for key, value in vars(detector).items() if isinstance(value, int | float)
    }
    return {"name": detector.name, **numbers}
