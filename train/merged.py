"""Several data as one, where each picture knows only some heads."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence, Set

from face_detect.command import InputError
from train.data.dataset import Dataset
from train.data.record import Record
from train.gathered import Gathered
from train.judged_part import data_and_name


def merged(found: Sequence[Gathered]) -> Gathered:
    """Every picture's name begins with its data's, and it says itself how it is framed."""
    names = [data.test.name for data in found]
    if len(set(names)) < len(names):
        raise InputError(f"two of the data are named alike: {', '.join(sorted(names))}")
    _check_origins(found)
    drawn = [
        data_and_name(data.test.name, record.name)
        for data in found
        if data.drawn
        for record in data.test.records
    ]
    return Gathered(
        kept=_named((data.kept, data) for data in found),
        valid=_together([data.valid for data in found], found),
        test=_together([data.test for data in found], found),
        labels=found[0].labels,
        framing="crop",
        drawn=bool(drawn),
        held_out=tuple(drawn),
        left_out=tuple(apart for data in found for apart in data.left_out),
        each=tuple(found),
    )


def _together(parts: Sequence[Dataset], found: Sequence[Gathered]) -> Dataset:
    return Dataset(
        name=" + ".join(part.name for part in parts),
        format=" + ".join(dict.fromkeys(part.format for part in parts)),
        records=_named((part.records, data) for part, data in zip(parts, found, strict=True)),
        framing="crop",
        problems=tuple(problem for part in parts for problem in part.problems),
    )


def _named(parts: Iterable[tuple[Sequence[Record], Gathered]]) -> tuple[Record, ...]:
    return tuple(
        dataclasses.replace(
            record,
            name=f"{data.test.name}/{record.name}",
            # Person 1 of one data is another than that of the next.
            subject=f"{data.test.name}/{record.subject}" if record.subject else None,
            framing=data.framing,
        )
        for records, data in parts
        for record in records
    )


def _check_origins(found: Sequence[Gathered]) -> None:
    """Pictures that were made of others know their faces by name (`train masks`)."""
    for data in found:
        people = {record.subject for record in _everyone(data) if record.subject}
        for other in found:
            names = {record.name for record in _everyone(other)}
            if other is not data and (people & names or _alike(people, names)):
                raise InputError(
                    f"{data.test.name}: was made of faces of {other.test.name}; learned from in one"
                    " and judged in the other they would be known: give one of the two"
                )


def _alike(people: Set[str], names: Set[str]) -> bool:
    """Whether most of them lie there, if further down: "margin025/val/1.jpg" for "val/1.jpg"."""
    mine, theirs = ({"/".join(name.split("/")[-2:]) for name in each} for each in (people, names))
    return len(mine & theirs) > len(mine) / 2


def _everyone(data: Gathered) -> Iterable[Record]:
    return (*data.kept, *data.valid.records, *data.test.records)
