"""What a node of a cluster does with a task, once it is known to be like all others."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2

from face_detect.command import MachineError
from train.prepare.keep_memory import keep_memory
from train.prepare.made_with import made_with

Task = TypeVar("Task")
Done = TypeVar("Done")


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What every node must have, or it would leave pictures out, or round otherwise."""

    folder: Path
    """From where paths are meant."""
    data: Path | None
    versions: Mapping[str, str]

    @classmethod
    def here(cls, data: Path | None) -> Needs:
        return cls(folder=Path.cwd(), data=data and data.absolute(), versions=made_with())


def on_node(work: Callable[[Task], Done], task: Task, needs: Needs) -> Done:
    """One core is this worker's share."""
    _check(needs)
    os.chdir(needs.folder)
    cv2.setNumThreads(1)
    keep_memory()
    return work(task)


def _check(needs: Needs) -> None:
    node = socket.gethostname()
    for path in (needs.folder, needs.data):
        if path is not None and not path.exists():
            raise MachineError(
                f"{path}: is not there on node {node}; nodes share the data and the folder in which"
                " the command was called, by the same paths"
            )
    for name, here in made_with().items():
        if here != needs.versions[name]:
            raise MachineError(
                f"node {node}: has {name} {here}, not {needs.versions[name]}, and could round"
                " otherwise"
            )
