"""Open any dataset: look which reader knows it, and give its records."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Callable
from pathlib import Path

from face_detect.command import InputError
from train.data.aihub import knows_aihub, read_aihub
from train.data.corrections import correct, find_corrections
from train.data.dataset import Dataset
from train.data.fairface import knows_fairface, read_fairface
from train.data.fer_csv import knows_fer_csv, read_fer_csv
from train.data.file import file_on_disk
from train.data.files import Files, list_files
from train.data.folder import knows_folder, read_folder
from train.data.mask_race import knows_mask_race, read_mask_race
from train.data.reading import Format, Reading
from train.data.relabel import relabel
from train.data.shards import knows_shards, read_shards
from train.data.splits import check_split, split_name
from train.data.task import Task
from train.data.unlabelled import read_unlabelled


@dataclasses.dataclass(frozen=True)
class _Reader:
    knows: Callable[[Files], bool]
    read: Callable[[Files, Reading], Dataset]


# The first that knows what lies there reads it; any picture is known to the last.
_READERS: dict[Format, _Reader] = {
    "shards": _Reader(knows_shards, read_shards),
    "aihub": _Reader(knows_aihub, read_aihub),
    "fairface": _Reader(knows_fairface, read_fairface),
    "mask-race": _Reader(knows_mask_race, read_mask_race),
    "fer-csv": _Reader(knows_fer_csv, read_fer_csv),
    "folder": _Reader(knows_folder, read_folder),
    "unlabelled": _Reader(lambda files: True, read_unlabelled),
}


def open_dataset(
    path: Path, split: str | None = None, *, reading: Reading | None = None
) -> Dataset:
    """The records of one part ("train", "valid", "test", "private"), or all of them.

    A dataset that has no parts gives all of its records, whichever part is asked for. What could
    not be read is among the dataset's problems.
    """
    reading = reading or Reading()
    check_split(split)
    files = _files(path)
    dataset = _reader(files, reading.format).read(files, reading)
    if isinstance(reading.labels, Task) and dataset.format == "folder":
        dataset = _named_by(reading.labels, dataset, reading.head)
    corrections = reading.corrections or find_corrections(path)
    if corrections is not None:
        dataset = correct(dataset, corrections, reading.labels)
    if reading.labels is not None:
        dataset = relabel(dataset, reading.labels)
    if not dataset.records:
        raise files.refusal("no picture is left", dataset.problems)
    return dataset if split is None else part_of(dataset, path, split)


def _named_by(task: Task, dataset: Dataset, head: str) -> Dataset:
    """Folders do not say what their names are labels of; a task's table does, if it knows them."""
    labels = {record.labels[head] for record in dataset.records}
    try:
        source = task.source_of(labels)
    except InputError as error:
        raise InputError(f"{dataset.name}: {error}") from error
    if source is None:
        return dataset
    records = [
        dataclasses.replace(record, labels={source: record.labels[head]})
        for record in dataset.records
    ]
    return dataclasses.replace(dataset, records=tuple(records))


def _files(path: Path) -> Files:
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    suffix = path.suffix.lower()
    if path.is_file() and suffix not in (".csv", ".zip") and not zipfile.is_zipfile(path):
        raise InputError(f"{path}: is no dataset; give a folder, a zip or a .csv")
    if suffix == ".csv":
        return Files(path=path, all=(file_on_disk(path, path.name),))
    return list_files(path)


def _reader(files: Files, chosen: Format) -> _Reader:
    if chosen != "auto":
        return _READERS[chosen]
    return next(reader for reader in _READERS.values() if reader.knows(files))


def part_of(dataset: Dataset, path: Path, split: str) -> Dataset:
    """The records of one part of what lies at `path`; all where there are no parts."""
    parts = {record.split for record in dataset.records if record.split is not None}
    wanted = split_name(split)
    if not parts:
        return dataset
    if wanted not in parts:
        raise InputError(f"{path}: has no split {split!r}, only {sorted(parts)}")
    records = tuple(record for record in dataset.records if record.split == wanted)
    return dataclasses.replace(dataset, records=records)
