"""What a worker does: a portion's pictures in, its faces out. It keeps and writes nothing."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.detector import Detector
from face_detect.quick_net import quick
from face_detect.tiny import TinyDetector
from train.contract import Crop
from train.crops import NO_FACE, choose_face, page_detector
from train.data.readable import problem_of
from train.data.record import Record, check_box
from train.data.sample_row import SampleRow, as_line
from train.prepare.cut_face import Face, Opened, cut_face, keep_crop, open_picture
from train.prepare.cutting import Cutting
from train.prepare.portion import Note, Part, Portion
from train.prepare.tar_file import HEAD, tar_file

SEVERAL = "several faces"


def cut_portion(portion: Portion) -> Part:
    """The same bytes for the same pictures, whoever asks."""
    making, cutting = _Making(), portion.cutting
    for seen in _opened(portion, making):
        if cutting.framing == "photo":
            _cut(seen, cutting, _detector(cutting.crop), making)
        else:
            making.add(seen, keep_crop(seen.opened, cutting), box_of=None, faces=1)
    return Part(
        number=portion.number,
        tar=bytes(making.tar),
        rows=tuple(making.rows),
        notes=tuple(making.notes),
    )


@dataclass(frozen=True, kw_only=True)
class _Seen:
    place: int
    record: Record
    opened: Opened


@dataclass(kw_only=True)
class _Making:
    """A part that grows."""

    tar: bytearray = field(default_factory=bytearray)
    rows: list[SampleRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, seen: _Seen, face: Face, *, box_of: str | None, faces: int) -> None:
        key = f"{seen.place:08}"
        record = seen.record
        row = SampleRow(
            key=key,
            name=record.name,
            labels=record.labels,
            subject=record.subject,
            split=record.split,
            box=face.box,
            box_of=box_of,
            faces=faces,
            shrunk=face.shrunk * record.shrunk,
            offset=len(self.tar) + HEAD,
            size=len(face.jpeg),
            crc32=zlib.crc32(face.jpeg),
        )
        self.rows.append(row)
        self.tar += tar_file(f"{key}.jpg", face.jpeg)
        self.tar += tar_file(f"{key}.json", as_line(row.about()))

    def note(self, place: int, name: str, kind: str, detail: str, *, taken: bool = False) -> None:
        self.notes.append(Note(place=place, name=name, kind=kind, detail=detail, taken=taken))


@functools.lru_cache(maxsize=1)
def _detector(crop: Crop) -> Detector:
    """Made once in every worker."""
    detector = page_detector(crop)
    return quick(detector) if isinstance(detector, TinyDetector) else detector


def _opened(portion: Portion, making: _Making) -> Iterator[_Seen]:
    """Pictures that could be opened; why the others could not is noted."""
    for place, record in enumerate(portion.records, start=portion.first):
        try:
            opened = open_picture(record.content(), record.name, portion.cutting)
            if record.box is not None:
                check_box(record.box, opened.width, opened.height, record.name)
        except InputError as error:
            problem = problem_of(record, error)
            making.note(place, record.name, problem.kind, problem.detail)
            continue
        yield _Seen(place=place, record=record, opened=opened)


def _cut(seen: _Seen, cutting: Cutting, detector: Detector, making: _Making) -> None:
    box = seen.record.box
    if cutting.boxes and box is not None:
        found, box_of = _by_data(seen, box, detector)
        _add(seen, found, cutting, making, box_of=box_of, faces=1)
    else:
        look = seen.opened.look
        boxes = [look.full(each) for each in detector.detect(look.rgb)]
        _add_found(seen, boxes, cutting, making)


def _by_data(seen: _Seen, box: Box, detector: Detector) -> tuple[Box, str]:
    """Where the dataset has a box: the detector's there, by which the page frames a face, or the
    dataset's own, where the detector sees none."""
    look = seen.opened.look
    boxes = _near(detector, look.rgb, look.reduced(box))
    closer = choose_face([look.full(each) for each in boxes], box)
    own = Box(x=box.x, y=box.y, width=box.width, height=box.height, score=0.0)
    return (closer, "detector") if closer else (own, "data")


def _near(detector: Detector, rgb: Pixels, box: Box) -> list[Box]:
    """What a second look at the box sees; a detector that has none looks at the whole picture."""
    if isinstance(detector, TinyDetector) and detector.second_look:
        look = detector.second_look
        return detector.near(rgb, look.rect(box), look.size)
    return detector.detect(rgb)


def _add_found(seen: _Seen, boxes: Sequence[Box], cutting: Cutting, making: _Making) -> None:
    record = seen.record
    box = choose_face(boxes, record.box)
    if box is None:
        others = f"{len(boxes)} elsewhere than the data's box" if boxes else ""
        making.note(seen.place, record.name, NO_FACE, others)
        return
    if _add(seen, box, cutting, making, box_of="detector", faces=len(boxes)) and len(boxes) > 1:
        which = "nearest to the data's box" if record.box else "the most certain"
        detail = f"{len(boxes)} found, {which} taken"
        making.note(seen.place, record.name, SEVERAL, detail, taken=True)


def _add(
    seen: _Seen, box: Box, cutting: Cutting, making: _Making, *, box_of: str, faces: int
) -> bool:
    """Whether the face could be cut out."""
    try:
        check_box(box, seen.opened.width, seen.opened.height, seen.record.name)
        face = cut_face(seen.opened, box, cutting)
    except InputError as error:
        problem = problem_of(seen.record, error)
        making.note(seen.place, seen.record.name, problem.kind, problem.detail)
        return False
    making.add(seen, face, box_of=box_of, faces=faces)
    return True
