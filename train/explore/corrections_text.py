"""Lines for a `corrections.csv`, ready to be pasted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from train.explore.copies import DROP
from train.explore.explore import Exploration

_HEAD = "emotion"
"""The column where a dataset has no labels: each line needs a field to say `drop` in."""


def suspect_lines(exploration: Exploration) -> str:
    """Each suspected picture with the better label."""
    return _csv(exploration, ((one.record.name, one.better) for one in exploration.suspects))


def conflict_lines(exploration: Exploration) -> str:
    """Copies with another label than most of their group; where there is no most, all go."""
    records = exploration.looks.records
    wanted = [
        (records[place].name, group.better())
        for group in exploration.copies.conflicting
        for place, label in zip(group.places, group.labels, strict=True)
        if label != group.better()
    ]
    return _csv(exploration, dict.fromkeys(wanted))


def odd_lines(exploration: Exploration) -> str:
    """Pictures that are flat or mostly one colour, left out."""
    odd, records = exploration.odd, exploration.looks.records
    return _csv(exploration, ((records[place].name, DROP) for place in (*odd.flat, *odd.plain)))


def _csv(exploration: Exploration, rows: Iterable[tuple[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", exploration.head or _HEAD))
    writer.writerows(rows)
    return text.getvalue()
