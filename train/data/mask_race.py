"""`id_gender_race_age/` folders of one person with a mask, with it worn wrong, and without."""

from __future__ import annotations

import re

from train.data.dataset import Dataset, Problem
from train.data.file import File
from train.data.files import Files
from train.data.folder import part
from train.data.reading import Reading
from train.data.record import Record

_PERSON = re.compile(
    r"(?P<id>[^_]+)_(?P<gender>male|female)_(?P<race>[^_]+)_(?P<age>\d{1,3})", re.IGNORECASE
)
MASKS = {f"mask{number}": "worn" for number in range(1, 6)} | {
    "incorrect_mask": "wrong",
    "normal": "none",
}


def knows_mask_race(files: Files) -> bool:
    """Whether most pictures lie in folders that are named so."""
    pictures = files.pictures()
    return sum(_person(file) is not None for file in pictures) * 2 > len(pictures)


def read_mask_race(files: Files, reading: Reading) -> Dataset:
    """Every picture, with the labels mask, gender, age (in years) and race."""
    records, problems = [], list(files.problems)
    for file in files.pictures():
        person, mask = _person(file), MASKS.get(file.stem.lower())
        if person is None:
            detail = "its folder is not named id_gender_race_age"
            problems.append(Problem(name=file.name, kind="no label", detail=detail))
        elif mask is None:
            detail = f"{file.stem!r} is none of {', '.join(MASKS)}"
            problems.append(Problem(name=file.name, kind="label unknown", detail=detail))
        else:
            records.append(_record(file, person, mask))
    return files.dataset(
        "mask-race",
        records,
        problems,
        framing="photo",
        otherwise="holds no pictures in folders named id_gender_race_age",
    )


def _record(file: File, person: re.Match[str], mask: str) -> Record:
    labels = {
        "mask": mask,
        "gender": person["gender"].lower(),
        "age": person["age"],
        "race": person["race"],
    }
    return Record(
        name=file.name,
        labels=labels,
        read=file.read,
        split=part(file),
        subject=person["id"],
    )


def _person(file: File) -> re.Match[str] | None:
    return _PERSON.fullmatch(file.parents[-1]) if file.parents else None
