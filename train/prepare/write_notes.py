"""Every picture that was left out, or taken with a doubt: a table, and a sheet of some of them."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import jinja2
import numpy as np

from face_detect.box import Box
from face_detect.command import InputError
from face_detect.crop import Pixels
from train.crops import choose_face, page_detector
from train.data.file import UNREADABLE
from train.data.record import Record
from train.prepare.cut_face import open_picture
from train.prepare.cut_portion import SEVERAL
from train.prepare.cutting import Cutting
from train.prepare.portion import Note

TABLE, SHEET = "notes.csv", "notes.html"
SHOWN = 24
"""Pictures of each kind, drawn by the seed."""
_SIDE = 160
_QUALITY = 80
_TAKEN, _OTHER = (0, 200, 0), (220, 0, 0)
_TEMPLATE = Path(__file__).with_name("notes.html.j2")


def notes_table(notes: Sequence[Note]) -> bytes:
    """As CSV, in the order of the dataset."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("taken", "kind", "name", "detail"))
    for note in notes:
        table.writerow(("yes" if note.taken else "no", note.kind, note.name, note.detail))
    return text.getvalue().encode()


@dataclass(frozen=True, kw_only=True)
class _Tile:
    name: str
    detail: str
    picture: str
    """As a data URL; empty where there is nothing to show."""


@dataclass(frozen=True, kw_only=True)
class _Kind:
    name: str
    taken: bool
    count: int
    tiles: list[_Tile]


def notes_sheet(
    notes: Sequence[Note],
    data: str,
    cutting: Cutting,
    seed: int,
    picture_of: Callable[[Note], Record | None],
) -> bytes:
    """One page of HTML that needs nothing else. Pictures are opened again: only a few are shown."""
    kinds: dict[tuple[bool, str], list[Note]] = {}
    for note in notes:
        kinds.setdefault((note.taken, note.kind), []).append(note)
    show = _Show(cutting)
    found = [
        _Kind(
            name=kind,
            taken=taken,
            count=len(own),
            tiles=[show.tile(note, picture_of(note)) for note in _drawn(own, seed)],
        )
        for (taken, kind), own in sorted(
            kinds.items(), key=lambda item: (item[0][0], -len(item[1]))
        )
    ]
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return page.render(data=data, kinds=found, shown=SHOWN).encode()


def _drawn(notes: Sequence[Note], seed: int) -> list[Note]:
    places = np.random.default_rng(seed).permutation(len(notes))[:SHOWN]
    return [notes[place] for place in sorted(places.tolist())]


class _Show:
    """Makes tiles; of several faces it frames them, the one that was taken in green."""

    def __init__(self, cutting: Cutting) -> None:
        self._cutting = cutting

    def tile(self, note: Note, record: Record | None) -> _Tile:
        picture = ""
        if record is not None:
            try:
                picture = self._picture(note, record)
            except (InputError, *UNREADABLE):
                picture = ""
        return _Tile(name=note.name, detail=note.detail, picture=picture)

    def _picture(self, note: Note, record: Record) -> str:
        opened = open_picture(record.content(), record.name, self._cutting)
        rgb = np.ascontiguousarray(opened.look.rgb)
        scale = min(1.0, _SIDE / max(rgb.shape[:2]))
        width, height = (max(1, round(side * scale)) for side in rgb.shape[1::-1])
        small = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA)
        if note.kind == SEVERAL:
            boxes = page_detector(self._cutting.crop).detect(rgb)
            known = record.box and opened.look.reduced(record.box)
            taken = choose_face(boxes, known)
            for box in boxes:
                _frame(small, box, scale, _TAKEN if box == taken else _OTHER)
        return _data_url(np.asarray(small, np.uint8))


def _frame(rgb: np.ndarray, box: Box, scale: float, colour: tuple[int, int, int]) -> None:
    corner = round(box.x * scale), round(box.y * scale)
    other = round((box.x + box.width) * scale), round((box.y + box.height) * scale)
    cv2.rectangle(rgb, corner, other, colour, 2)


def _data_url(rgb: Pixels) -> str:
    data = cv2.imencode(".jpg", rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
    return "data:image/jpeg;base64," + base64.b64encode(data).decode()
