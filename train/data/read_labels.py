"""A user's own table of labels, from a small CSV file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from face_detect.command import InputError
from train.data.labels import NAMED, LabelRule, LabelTable, Relabel
from train.data.read_task import is_task, read_task
from train.data.table import Row, Table, read_table


def read_labels(choice: str) -> LabelRule:
    """The rule of that name ("fer", "sentiment" ...), or the table in that file.

    The file is a task's (`read_task`), or its columns are `from` and `to`, and `head` where it is
    not "emotion". A `to` may be another row's `from`: it is followed to its end.
    """
    if choice in NAMED:
        return NAMED[choice]
    path = Path(choice)
    if not path.is_file():
        raise InputError(f"{choice}: no such file, and none of the tables {', '.join(NAMED)}")
    table = read_table(path)
    if is_task(table):
        return read_task(path)
    rows = _rows(path, table)
    heads = dict.fromkeys(row.head for row in rows)
    rules = [_table(head, [row for row in rows if row.head == head]) for head in heads]
    return Relabel(name=path.name, rules=tuple(rules))


@dataclass(frozen=True, kw_only=True)
class _Row:
    where: str
    head: str
    source: str
    target: str


def _rows(path: Path, table: Table) -> list[_Row]:
    if not {"from", "to"} <= set(table.columns) <= {"from", "to", "head"}:
        raise InputError(f"{path}: needs the columns from,to or head,from,to in its first line")
    if not table.rows:
        raise InputError(f"{path}: has no rows below its header")
    return [_row(row) for row in table.rows]


def _row(row: Row) -> _Row:
    if not row["from"] or not row["to"]:
        raise InputError(f"{row.where}: has a gap; needs both a from and a to")
    head = row.fields.get("head") or "emotion"
    return _Row(where=row.where, head=head, source=row["from"], target=row["to"])


def _table(head: str, rows: list[_Row]) -> LabelTable:
    table: dict[str, _Row] = {}
    for row in rows:
        known = table.setdefault(row.source, row)
        if known.target != row.target:
            both = f"{row.target!r}, and above it is {known.target!r}"
            raise InputError(f"{row.where}: {row.source!r} is {both}")
    names = {source: _end(table, row) for source, row in table.items()}
    return LabelTable(head=head, names={name: name for name in names.values()} | names)


def _end(table: dict[str, _Row], row: _Row) -> str:
    """Follow the rows; a label that stays itself is an end, a longer way round is a mistake."""
    seen = [row.source]
    while row.target in table and row.target != row.source:
        if row.target in seen:
            circle = " → ".join([*seen, row.target])
            raise InputError(f"{row.where}: the table goes in a circle, {circle}")
        seen.append(row.target)
        row = table[row.target]
    return row.target
