"""AI-Hub's Korean emotion set: pictures, packed by emotion, and JSON lists that describe them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from face_detect.command import InputError
from train.data.aihub_entry import EntryError, agreed_label, attributes, median_box
from train.data.archive import list_archive
from train.data.dataset import Dataset, Problem
from train.data.file import UNREADABLE, File
from train.data.files import Files
from train.data.reading import Annotators, Reading
from train.data.record import Record
from train.data.splits import split_name

_MARK = b"faceExp_uploader"
_LOOK_BYTES = 1 << 16
# File names begin with a hash of the person who sent the picture in:
# <hash>_<gender>_<age>_<emotion>_<place>_<date and time>-<numbers>.jpg
_SUBJECT = re.compile(r"[0-9a-f]{8,}(?=_)", re.IGNORECASE)


def knows_aihub(files: Files) -> bool:
    """Whether a JSON list there, or in a zip there, begins as AI-Hub's do."""
    if any(_is_list(file) for file in files.ending(".json")):
        return True
    return any(
        file.suffix == ".json" and _is_list(file)
        for packed in files.ending(".zip")
        for file in _unpacked(packed, [])
    )


def read_aihub(files: Files, reading: Reading) -> Dataset:
    """Every picture that a list names and the annotators agree on, by the user's rule."""
    problems = list(files.problems)
    packed = [file for archive in files.ending(".zip") for file in _unpacked(archive, problems)]
    whole = Files(path=files.path, all=(*files.all, *packed), problems=tuple(problems))
    pictures: dict[str, list[File]] = {}
    for picture in whole.pictures():
        pictures.setdefault(picture.base, []).append(picture)
    records: dict[str, Record] = {}
    described: set[str] = set()
    for source in whole.ending(".json"):
        for where, entry in _entries(source, problems):
            meant = _meant(source, pictures.get(_filename(entry), []))
            described.update(picture.name for picture in meant)
            try:
                record = _record(source, entry, meant, reading.annotators)
                if record.name in records:
                    raise EntryError("named twice in the lists", record.name)
                records[record.name] = record
            except EntryError as error:
                shown = meant[0].read if len(meant) == 1 else None
                problems.append(
                    Problem(name=where, kind=error.kind, detail=error.detail, read=shown)
                )
    problems += [
        Problem(name=picture.name, kind="no label", detail="is in no list")
        for picture in whole.pictures()
        if picture.name not in described
    ]
    return whole.dataset(
        "aihub",
        sorted(records.values(), key=lambda record: record.name),
        problems,
        framing="photo",
        otherwise="holds no picture that a JSON list of AI-Hub's describes",
    )


def _meant(source: File, named: Sequence[File]) -> Sequence[File]:
    """Of the pictures of a name, those in the list's part; all, if none is."""
    part = _part(source.name)
    return [picture for picture in named if _part("/".join(picture.parents)) == part] or named


def _record(
    source: File, entry: Mapping[str, Any], meant: Sequence[File], rule: Annotators
) -> Record:
    filename = _filename(entry)
    if not meant:
        raise EntryError("picture missing", filename or "the entry names no file")
    if len(meant) > 1:
        names = ", ".join(picture.name for picture in meant)
        raise EntryError("several pictures of that name", names)
    (picture,) = meant
    subject = _SUBJECT.match(filename)
    return Record(
        name=picture.name,
        labels={"emotion": agreed_label(entry, rule), **attributes(entry)},
        read=picture.read,
        split=_part("/".join(picture.parents)) or _part(source.name),
        subject=subject[0] if subject else None,
        box=median_box(entry),
    )


def _filename(entry: Mapping[str, Any]) -> str:
    return unicodedata.normalize("NFC", str(entry.get("filename", ""))).rsplit("/", 1)[-1]


def _part(name: str) -> str | None:
    """From folders and zips such as "1.Training" or "[원천]EMOIMG_기쁨_TRAIN_01.zip"."""
    return next(filter(None, map(split_name, re.split(r"[^A-Za-z]+", name))), None)


def _entries(source: File, problems: list[Problem]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A list's entries, each with its place; what is no list or no entry is reported."""
    try:
        found = json.loads(_decoded(source.read()))
    except UNREADABLE as error:
        problems.append(Problem(name=source.name, kind="not JSON", detail=str(error)))
        return
    if not isinstance(found, list):
        problems.append(Problem(name=source.name, kind="not a list of entries"))
        return
    for number, entry in enumerate(found):
        where = f"{source.name}, entry {number + 1}"
        if isinstance(entry, dict):
            yield where, entry
        else:
            problems.append(Problem(name=where, kind="not an entry", detail=f"{entry!r}"[:80]))


def _decoded(content: bytes) -> str:
    """UTF-8; copies that went through Korean Windows are in its own encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp949")


def _is_list(file: File) -> bool:
    try:
        with file.open() as stream:
            return _MARK in stream.read(_LOOK_BYTES)
    except UNREADABLE:
        return False


def _unpacked(packed: File, problems: list[Problem]) -> list[File]:
    """What is in a zip that lies in the folder; a damaged one is reported."""
    if packed.path is None:
        return []
    try:
        files, dangers = list_archive(packed.path, prefix=f"{packed.name}/")
    except InputError as error:
        problems.append(Problem(name=packed.name, kind="zip damaged", detail=str(error)))
        return []
    problems += dangers
    return files
