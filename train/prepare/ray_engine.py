"""Tasks given to Ray: one of our own on this machine, or the nodes of a cluster that runs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from face_detect.command import MachineError
from train.cluster.needs import Needs
from train.cluster.ray_cluster import RayCluster, first_sentence
from train.prepare.local_engine import AHEAD
from train.prepare.made_with import made_with
from train.prepare.on_node import on_node

Task = TypeVar("Task")
Done = TypeVar("Done")
RETRIES = 3
"""Times that Ray gives a task to another worker because its own was lost."""


class RayEngine:
    """`address` is "auto" or host:port; None starts a Ray with as many workers as there are to be.

    `data` is where the tasks' pictures lie, on every node at the same place. In a cluster `workers`
    is the most that work at a time, where not all of its CPUs are to be taken.
    """

    def __init__(
        self, workers: int | None = None, *, address: str | None = None, data: Path | None = None
    ) -> None:
        self._cluster = RayCluster(address, workers)
        self._ray = self._cluster.ray
        self._workers, self._data = workers, [data] if data else []

    def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
        with self._cluster.connected():
            do = self._ray.remote(num_cpus=1, max_retries=RETRIES)(on_node)
            needs = Needs.here(*self._data, look=made_with)
            flying: dict[Any, Task] = {}
            while True:
                for task in itertools.islice(tasks, max(0, self._most() - len(flying))):
                    flying[do.remote(work, task, needs)] = task
                if not flying:
                    return
                for ready in self._ready(flying):
                    yield self._result(ready, flying.pop(ready))

    def _most(self) -> int:
        """Tasks that are given out at a time; nodes come and go."""
        if not self._cluster.own and self._workers is not None:
            return self._workers
        return AHEAD * max(1, self._cluster.has("CPU"))

    def _ready(self, flying: Mapping[Any, object]) -> Sequence[Any]:
        with self._cluster.answering():
            ready: Sequence[Any] = self._ray.wait(list(flying))[0]
            return ready

    def _result(self, ready: Any, task: object) -> Any:
        try:
            return self._ray.get(ready)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except self._ray.exceptions.RayError as error:
            raise MachineError(
                f"{task}: no result came of it, nor of up to {RETRIES} more tries"
                f" ({first_sentence(error)}): does the nodes' memory suffice?"
            ) from error
