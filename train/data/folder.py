"""`label/picture`: one folder a label, with or without folders for splits above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from train.data.dataset import Dataset, Problem
from train.data.file import File
from train.data.files import Files
from train.data.labels import AIHUB, FER, SYNONYMS
from train.data.reading import Reading
from train.data.record import Record
from train.data.splits import split_name

_KNOWN = FER.keys() | SYNONYMS.keys() | AIHUB.keys()
_CHUNK_DIGITS = 5
"""FFHQ's folders 00000, 01000 ... are no labels, only a thousand pictures each."""


def knows_folder(files: Files) -> bool:
    """Whether folders name labels: several do, or the only one is a label that is known."""
    labels = set(filter(None, _labels(files.pictures())))
    meant = {name for name in labels if not (name.isdigit() and len(name) >= _CHUNK_DIGITS)}
    return len(meant) > 1 or any(map(_is_known, meant))


def read_folder(files: Files, reading: Reading) -> Dataset:
    """Every picture, its label the name of a folder above it.

    It is the folder that holds the picture; the one above where that is named for a split or
    for a person. A folder named for a split, at any height, says which part its pictures are in.
    """
    records, problems = [], list(files.problems)
    pictures = files.pictures()
    for file, label in zip(pictures, _labels(pictures), strict=True):
        if label:
            labels = {reading.head: label}
            records.append(Record(name=file.name, labels=labels, read=file.read, split=part(file)))
        else:
            detail = "is in no folder named for one"
            problems.append(Problem(name=file.name, kind="no label", detail=detail))
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


def _labels(pictures: Sequence[File]) -> list[str]:
    """Each picture's; empty where no folder names one."""
    # label/split/picture only where all lie so: beside split/label/picture, those that lie
    # straight in a split are pictures to guess the labels of.
    below_label = all(split_name(file.parents[-1]) for file in pictures if file.parents)
    above = [
        [name for name in reversed(file.parents) if not split_name(name)]
        if below_label or not split_name("".join(file.parents[-1:]))
        else []
        for file in pictures
    ]
    height = _height(above)
    return [names[height] if len(names) > height else "" for names in above]


def _height(above: Sequence[Sequence[str]]) -> int:
    """How many folders lie between picture and label: as many as make most labels known ones.

    Between them lie the people, say; where no label is known nothing tells them from labels.
    """
    counts = Counter(
        height for names in above for height, name in enumerate(names) if _is_known(name)
    )
    return max(sorted(counts), key=lambda height: counts[height], default=0)


def _is_known(name: str) -> bool:
    return name.casefold() in _KNOWN
