"""`corrections.csv`: labels put right by hand, beside the dataset that has them wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from face_detect.command import InputError
from train.data.dataset import Dataset, Problem
from train.data.record import Record
from train.data.table import Row, read_table

DROP = "drop"
"""Instead of a label: the picture is left out."""


def find_corrections(data: Path) -> Path | None:
    """NAME.corrections.csv beside the data, or corrections.csv in the folder or beside it."""
    data = data.resolve()
    stem = data.name if data.is_dir() else data.stem
    named, beside = data.with_name(f"{stem}.corrections.csv"), data.with_name("corrections.csv")
    places = [named, data / "corrections.csv", beside]
    return next((place for place in places if place.is_file()), None)


def correct(dataset: Dataset, path: Path) -> Dataset:
    """The dataset with the file's labels in place of its own.

    The columns are `name` and heads. An empty field leaves the label as it is; `drop` in any
    field leaves the picture out. Names and labels that the dataset does not know are reported.
    """
    table = read_table(path)
    heads = [column for column in table.columns if column != "name"]
    known = _known_labels(dataset)
    if "name" not in table.columns or not heads:
        raise InputError(f"{path}: needs a column name, and one for each head to correct")
    if strange := [head for head in heads if known and head not in known]:
        raise InputError(f"{path}: {strange[0]!r} is no head of {dataset.name}: {sorted(known)}")
    records = {record.name: record for record in dataset.records}
    problems = list(dataset.problems)
    for row in table.rows:
        problem = _apply(row, heads, records, known)
        if problem:
            problems.append(problem)
    return dataclasses.replace(dataset, records=tuple(records.values()), problems=tuple(problems))


def _apply(
    row: Row, heads: list[str], records: dict[str, Record], known: Mapping[str, set[str]]
) -> Problem | None:
    """Change or take out one record; a problem if that cannot be, or if it was taken out."""
    name, wanted = row["name"], {head: row[head] for head in heads if row[head]}
    if name not in records:
        return Problem(name=row.where, kind="correction of an unknown picture", detail=name)
    if DROP in wanted.values():
        del records[name]
        return Problem(name=name, kind="dropped by corrections", detail=row.where)
    for head, label in wanted.items():
        if known and label not in known[head]:
            detail = f"{head} {label!r} for {name}"
            return Problem(name=row.where, kind="correction to an unknown label", detail=detail)
    labels = {**records[name].labels, **wanted}
    records[name] = dataclasses.replace(records[name], labels=labels)
    return None


def _known_labels(dataset: Dataset) -> dict[str, set[str]]:
    """Each head's labels as the dataset uses them; nothing if it has none, so that all are new."""
    known: dict[str, set[str]] = {}
    for record in dataset.records:
        for head, label in record.labels.items():
            known.setdefault(head, set()).add(label)
    return known
