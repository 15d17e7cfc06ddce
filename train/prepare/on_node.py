"""What a node of a cluster does with a task, once it is known to be like all others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import cv2

from train.cluster.needs import Needs
from train.prepare.keep_memory import keep_memory

Task = TypeVar("Task")
Done = TypeVar("Done")


def on_node(work: Callable[[Task], Done], task: Task, needs: Needs) -> Done:
    """One core is this worker's share."""
    needs.enter()
    cv2.setNumThreads(1)
    keep_memory()
    return work(task)
