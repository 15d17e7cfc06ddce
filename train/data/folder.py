"""`label/picture`: a folder, or a zip that stays packed, with one folder a label."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from face_detect.command import InputError
from train.data.dataset import Dataset
from train.data.reading import Reading
from train.data.record import Record
from train.data.splits import split_name

PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}


def read_folder(path: Path, reading: Reading) -> Dataset:
    """Every picture below `path`, its label the name of the folder that holds it.

    A folder named for a split, at any height, says which part its pictures are in.
    """
    entries = sorted(
        _zip_entries(path) if path.is_file() else _folder_entries(path),
        key=lambda entry: entry[0],
    )
    records = tuple(
        Record(
            name=name,
            labels={reading.head: _parents(name)[-1]},
            read=read,
            split=next(filter(None, map(split_name, _parents(name))), None),
        )
        for name, read in entries
        if _parents(name)
    )
    if not records:
        raise InputError(f"{path}: holds no pictures in folders named for their labels")
    return Dataset(name=path.name, format="folder", records=records, framing="crop")


def _parents(name: str) -> tuple[str, ...]:
    return PurePosixPath(name).parts[:-1]


def _folder_entries(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for file in path.rglob("*"):
        if file.suffix.lower() in PICTURES:
            yield file.relative_to(path).as_posix(), file.read_bytes


def _zip_entries(path: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: is not a zip file ({error})") from error
    for name in archive.namelist():
        if PurePosixPath(name).suffix.lower() in PICTURES:
            yield name, partial(archive.read, name)
