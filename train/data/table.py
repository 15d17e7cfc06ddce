"""A small CSV file: rows by column, each with its line."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from face_detect.command import InputError


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row; a field that is missing is empty."""

    where: str
    """The file and the line, for messages."""
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields[column]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns in order, and the rows below them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """A file that a user named."""
    return parse_table(read_named(path), str(path))


def read_named(path: Path) -> bytes:
    """What a file holds that a user named."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def parse_table(content: bytes, name: str) -> Table:
    """UTF-8, with or without a byte order mark; fields are stripped and composed (NFC)."""
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
        reader = csv.reader(text.splitlines(), skipinitialspace=True, strict=True)
        columns = tuple(column.strip() for column in next(reader, ()))
        rows = [
            Row(where=f"{name}, line {reader.line_num}", fields=_fields(columns, row))
            for row in reader
            if row
        ]
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is not UTF-8 text ({error})") from error
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: is not CSV ({error})") from error
    return Table(columns=columns, rows=tuple(rows))


def _fields(columns: tuple[str, ...], row: list[str]) -> dict[str, str]:
    cells = [cell.strip() for cell in row] + [""] * (len(columns) - len(row))
    return dict(zip(columns, cells, strict=False))
