"""Training in parts, for a dataset that does not fit into memory: part 1 of 4, then 2 of 4 ...

The parts come from a number, or from a TOML file with a table for each:

    [[part]]
    epochs = 10

    [[part]]
    epochs = 5
    rate = 0.01
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from face_detect.command import InputError
from train.data.record import Record
from train.options import FitOptions

MAY_CHANGE = {"epochs": int, "batch": int, "rate": float, "momentum": float}


def read_parts(given: str, options: FitOptions) -> list[FitOptions]:
    """The options of every part: a number of equal ones, or what a TOML file changes for each."""
    if given.isdigit() and int(given):
        return [options] * int(given)
    path = Path(given)
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: is neither a number of parts nor a file to read") from error
    except ValueError as error:
        raise InputError(f"{path}: is not TOML ({error})") from error
    parts = document.get("part")
    if set(document) != {"part"} or not isinstance(parts, list) or not parts:
        raise InputError(f"{path}: holds no [[part]] tables, or something beside them")
    return [_changed(options, part, f"{path}: part {i}") for i, part in enumerate(parts, 1)]


def divide(records: Sequence[Record], count: int, head: str | Sequence[str]) -> list[list[Record]]:
    """Deal records out to `count` parts, those of each label in turn, so that the parts are alike.

    The records come in an order that a seed has drawn, or in any other.
    """
    of_label: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        of_label[record.said(head)].append(record)
    dealt = [record for label in sorted(of_label) for record in of_label[label]]
    return [[dealt[i] for i in range(start, len(dealt), count)] for start in range(count)]


def _changed(options: FitOptions, part: Any, where: str) -> FitOptions:
    if not isinstance(part, dict):
        raise InputError(f"{where} is not a table")
    changes = {}
    for key, value in part.items():
        if key not in MAY_CHANGE:
            raise InputError(f"{where}: {key!r} cannot change; {', '.join(MAY_CHANGE)} can")
        kinds = (int, float) if MAY_CHANGE[key] is float else (int,)
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise InputError(f"{where}: {key} is {value!r}, not {MAY_CHANGE[key].__name__}")
        changes[key] = MAY_CHANGE[key](value)
    try:
        return dataclasses.replace(options, **changes)
    except InputError as error:
        raise InputError(f"{where}: {error}") from error
