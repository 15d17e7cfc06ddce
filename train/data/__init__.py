"""Labelled pictures from wherever they lie, as one kind of record."""

from __future__ import annotations

from pathlib import Path

from face_detect.command import InputError
from train.data.folder import read_folder
from train.data.record import Record

__all__ = ["Record", "open_dataset"]


def open_dataset(path: Path, split: str | None = None) -> list[Record]:
    """The records of a dataset: a folder or zip of `label/picture`, with or without splits."""
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    return read_folder(path, split)
