"""Open any dataset: look which reader knows it, and give its records."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from face_detect.command import InputError
from train.data.dataset import Dataset
from train.data.folder import read_folder
from train.data.reading import Reading
from train.data.splits import split_name


def open_dataset(
    path: Path, split: str | None = None, *, reading: Reading | None = None
) -> Dataset:
    """The records of one part ("train", "valid", "test", "private"), or all of them.

    A dataset that has no parts gives all of its records, whichever part is asked for.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    dataset = read_folder(path, reading or Reading())
    return dataset if split is None else _part(dataset, path, split)


def _part(dataset: Dataset, path: Path, split: str) -> Dataset:
    parts = {record.split for record in dataset.records if record.split is not None}
    wanted = split_name(split)
    if not parts:
        return dataset
    if wanted not in parts:
        raise InputError(f"{path}: has no split {split!r}, only {sorted(parts)}")
    records = tuple(record for record in dataset.records if record.split == wanted)
    return dataclasses.replace(dataset, records=records)
