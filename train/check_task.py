"""Whether data can teach what a task asks."""

from __future__ import annotations

from collections.abc import Iterable

from face_detect.command import InputError
from train.data.record import Record
from train.data.task import Task
from train.gathered import Gathered


def check_task(task: Task, data: Gathered) -> None:
    """Each label needs a picture to learn from, and each head some to choose and to report by."""
    for head in task.heads:
        where = task.questions[head].where
        learned = _labels_of(head, data.kept)
        if missing := [label for label in task.labels_of(head) if label not in learned]:
            raise InputError(f"{where}: no picture to learn from is {missing[0]!r} ({head})")
        for what in ("valid", "test"):
            if not _labels_of(head, getattr(data, what).records):
                raise InputError(f"{where}: no picture of the {what} part knows {head!r}")


def _labels_of(head: str, records: Iterable[Record]) -> set[str]:
    return {record.labels[head] for record in records if head in record.labels}
