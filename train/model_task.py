"""The table of labels that a model was trained by, beside its weights."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from train.contract import Contract
from train.data.read_task import read_task
from train.data.reading import Reading

TASK = "task.csv"


def reading_for(model: Path, contract: Contract, reading: Reading | None) -> Reading:
    """How data are read for a model: with its own table, unless another is asked for."""
    reading = reading or Reading()
    if reading.labels is not None or not (model / TASK).is_file():
        return reading
    task = read_task(model / TASK).only([head.name for head in contract.heads])
    return dataclasses.replace(reading, labels=task)
