"""Read every picture once, and report those that cannot be read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from face_detect.command import InputError
from train.data.dataset import Dataset, Problem
from train.data.record import Record


def readable(
    dataset: Dataset, on_step: Callable[[int, int], None] = lambda done, total: None
) -> Dataset:
    """The dataset without pictures that are missing, damaged, or not where their box is."""
    kept, problems = [], list(dataset.problems)
    for done, record in enumerate(dataset.records, start=1):
        problem = _problem(record)
        if problem:
            problems.append(problem)
        else:
            kept.append(record)
        on_step(done, len(dataset.records))
    return dataclasses.replace(dataset, records=tuple(kept), problems=tuple(problems))


def _problem(record: Record) -> Problem | None:
    try:
        record.picture()
    except InputError as error:
        return problem_of(record, error)
    return None


def problem_of(record: Record, error: InputError) -> Problem:
    """Of an error that says "name: what is wrong (the details)"."""
    complaint = str(error).removeprefix(f"{record.name}: ")
    kind, _, detail = complaint.partition(" (")
    return Problem(name=record.name, kind=kind, detail=detail.removesuffix(")"))
