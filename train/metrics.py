"""The table of a run's epochs, as CSV that any spreadsheet opens."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = list[dict[str, float]]
LOSSES = ("train_loss", "valid_loss")
SCORES = ("accuracy", "macro_f1")
"""On validation."""
RATE = "rate"
_OF_HEAD = "macro_f1/"


def head_metric(head: str) -> str:
    """The column of one head's macro F1, where there are several."""
    return _OF_HEAD + head.replace(" ", "_")


def head_metrics(rows: Sequence[Mapping[str, float]]) -> dict[str, str]:
    """Such columns, and the head that each is of."""
    columns = dict.fromkeys(key for row in rows for key in row if key.startswith(_OF_HEAD))
    return {column: column.removeprefix(_OF_HEAD) for column in columns}


def read_metrics(path: Path) -> Rows:
    """The rows of a run, none where it has no epoch yet."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {key: _number(value) for key, value in row.items() if value}
            for row in csv.DictReader(file)
        ]


def write_metrics(path: Path, rows: Sequence[Mapping[str, float]]) -> None:
    """Write the table whole; a figure that an epoch lacks stays empty."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text.getvalue(), encoding="utf-8")
    aside.replace(path)


def best_row(
    rows: Sequence[Mapping[str, float]], by: str = "accuracy"
) -> Mapping[str, float] | None:
    """The best epoch on validation by "accuracy", "macro_f1" or "loss", the first of equals."""

    def worth(row: Mapping[str, float]) -> float:
        return -row.get("valid_loss", math.inf) if by == "loss" else row.get(by, -1.0)

    return max(rows, key=worth, default=None)


def _number(text: str) -> float:
    return int(text) if text.isdecimal() else float(text)
