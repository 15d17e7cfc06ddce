"""`label/picture`: one folder a label, with or without folders for splits above them."""

from __future__ import annotations

from train.data.dataset import Dataset, Problem
from train.data.file import File
from train.data.files import Files
from train.data.labels import FER
from train.data.reading import Reading
from train.data.record import Record
from train.data.splits import split_name

_CHUNK_DIGITS = 5
"""FFHQ's folders 00000, 01000 ... are no labels, only a thousand pictures each."""


def knows_folder(files: Files) -> bool:
    """Whether folders name labels: several do, or the only one is a label that is known."""
    labels = {label for file in files.pictures() if (label := _label(file))}
    meant = {name for name in labels if not (name.isdigit() and len(name) >= _CHUNK_DIGITS)}
    return len(meant) > 1 or bool(meant & FER.keys())


def read_folder(files: Files, reading: Reading) -> Dataset:
    """Every picture, its label the name of the folder that holds it.

    A folder named for a split, at any height, says which part its pictures are in.
    """
    records, problems = [], list(files.problems)
    for file in files.pictures():
        if label := _label(file):
            labels = {reading.head: label}
            records.append(Record(name=file.name, labels=labels, read=file.read, split=part(file)))
        else:
            problems.append(Problem(name=file.name, kind="no label", detail="is in no folder"))
    return files.dataset(
        "folder",
        records,
        problems,
        framing=None,
        otherwise="holds no pictures in folders named for their labels",
    )


def part(file: File) -> str | None:
    """The split that a folder above the file is named for."""
    return next(filter(None, map(split_name, file.parents)), None)


def _label(file: File) -> str:
    """The folder's name, unless it is a split's."""
    name = file.parents[-1] if file.parents else ""
    return "" if split_name(name) else name
