"""`label/picture`: a folder, or a zip that stays packed, with one folder a label."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from face_detect.command import InputError
from train.data.record import Record

PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".webp"}
SPLITS = ("train", "test", "valid", "validation", "val")


def read_folder(path: Path, split: str | None, head: str = "emotion") -> list[Record]:
    """Every picture below `path`, its label the name of the folder that holds it.

    Where the tree has folders named for splits, only `split` is read.
    """
    entries = list(_zip_entries(path) if path.is_file() else _folder_entries(path))
    split_names = {part for name, _ in entries for part in _parents(name) if part in SPLITS}
    if split is not None and split_names:
        if split not in split_names:
            raise InputError(f"{path}: has no split {split!r}, only {sorted(split_names)}")
        entries = [(name, read) for name, read in entries if split in _parents(name)]
    records = [
        Record(name=name, labels={head: _parents(name)[-1]}, read=read)
        for name, read in sorted(entries, key=lambda entry: entry[0])
        if _parents(name)
    ]
    if not records:
        raise InputError(f"{path}: holds no pictures in folders named for their labels")
    return records


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
