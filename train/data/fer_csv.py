"""`fer2013.csv`: a picture a row, its pixels as text; alone, in a folder or in a zip."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

from face_detect.command import InputError
from train.data.dataset import Dataset, Problem
from train.data.file import UNREADABLE, File
from train.data.files import Files
from train.data.reading import Reading
from train.data.record import Record
from train.data.splits import split_name

SIDE = 48
EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
_LEVELS = {str(level): level for level in range(256)}
_HEADER = f"P5 {SIDE} {SIDE} 255\n".encode()


class _Reader(Protocol):
    """A `csv.reader`, whose own class has no name."""

    line_num: int

    def __next__(self) -> list[str]: ...


class _RowError(Exception):
    """A row that cannot be a picture: the kind of problem, and what was found."""


def knows_fer_csv(files: Files) -> bool:
    """Whether it is a CSV file itself, or holds one with the columns emotion and pixels."""
    named = files.path.suffix.lower() == ".csv"
    return named or any(_is_fer(file) for file in files.ending(".csv"))


def read_fer_csv(files: Files, reading: Reading) -> Dataset:
    """Every row that is a picture; the others are reported by their lines."""
    tables = [file for file in files.ending(".csv") if _is_fer(file)]
    if not tables:
        raise files.refusal("holds no CSV file with the columns emotion,pixels,Usage")
    records: list[Record] = []
    problems = list(files.problems)
    for table in tables:
        _read_table(files.path, table, records, problems)
    return files.dataset(
        "fer-csv",
        records,
        problems,
        framing="crop",
        otherwise=f"{tables[0].name} holds no row that is a picture",
    )


def _read_table(path: Path, table: File, records: list[Record], problems: list[Problem]) -> None:
    """One row at a time: the text is five times the size of its pictures."""
    with table.open() as stream:
        # A byte that is no UTF-8 spoils its own row alone.
        text = io.TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
        rows = csv.reader(text, skipinitialspace=True)
        columns = _columns(next(rows))
        try:
            for row in _rows(rows, table, problems):
                name = f"{table.name}:{rows.line_num}"
                try:
                    records.append(_record(name, columns, row))
                except _RowError as error:
                    problems.append(Problem(name=name, kind=error.args[0], detail=error.args[1]))
        except UNREADABLE as error:
            where = f"{path}: {table.name}, after line {rows.line_num}"
            raise InputError(f"{where}: cannot be read on ({error})") from error


def _rows(rows: _Reader, table: File, problems: list[Problem]) -> Iterator[list[str]]:
    """Those that are not empty; one that is no CSV is reported, and the next ones go on."""
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            name = f"{table.name}:{rows.line_num}"
            problems.append(Problem(name=name, kind="not CSV", detail=str(error)))
            continue
        if row is None:
            return
        if any(field.strip() for field in row):
            yield row


def _record(name: str, columns: dict[str, int], row: list[str]) -> Record:
    if len(row) < len(columns):
        raise _RowError("row cut short", f"{len(row)} fields for {len(columns)} columns")
    label, usage = row[columns["emotion"]].strip(), columns.get("usage")
    if label not in map(str, range(len(EMOTIONS))):
        raise _RowError("label unknown", f"emotion {label!r} is not 0 to {len(EMOTIONS) - 1}")
    part = None if usage is None else split_name(row[usage].strip())
    if usage is not None and part is None:
        raise _RowError("split unknown", f"Usage {row[usage]!r}")
    content = _HEADER + _pixels(row[columns["pixels"]])
    labels = {"emotion": EMOTIONS[int(label)]}
    return Record(name=name, labels=labels, read=partial(bytes, content), split=part)


def _pixels(text: str) -> bytes:
    levels = text.split()
    if len(levels) != SIDE * SIDE:
        raise _RowError("wrong number of pixels", f"{len(levels)} instead of {SIDE * SIDE}")
    try:
        return bytes(map(_LEVELS.__getitem__, levels))
    except KeyError as error:
        raise _RowError("pixel unknown", f"{error.args[0]!r} is not 0 to 255") from error


def _is_fer(file: File) -> bool:
    try:
        with file.open() as stream:
            first = stream.readline(1000).decode("utf-8-sig")
        header = next(csv.reader([first], skipinitialspace=True))
    except (csv.Error, *UNREADABLE):
        return False
    return {"emotion", "pixels"} <= _columns(header).keys()


def _columns(header: list[str]) -> dict[str, int]:
    """The competition's own file puts a space before some names."""
    return {name.strip().lower(): index for index, name in enumerate(header)}
