"""Tasks given to Ray: one of our own on this machine, or the nodes of a cluster that runs."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import socket
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from face_detect.command import InputError, MachineError
from train.prepare.local_engine import AHEAD
from train.prepare.on_node import Needs, on_node

Task = TypeVar("Task")
Done = TypeVar("Done")
ROOT = Path(__file__).resolve().parent.parent.parent
RETRIES = 3
"""Times that Ray gives a task to another worker because its own was lost."""
_ANSWER_S = 5.0
_GREETING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes((0, 0, 0, 4, 0, 0, 0, 0, 0))
"""How a client of gRPC begins: RFC 9113, 3.4; whoever speaks it answers with settings, too."""
_SETTINGS = 4


class RayEngine:
    """`address` is "auto" or host:port; None starts a Ray with as many workers as there are to be.

    `data` is where the tasks' pictures lie, on every node at the same place. In a cluster `workers`
    is the most that work at a time, where not all of its CPUs are to be taken.
    """

    def __init__(
        self, workers: int | None = None, *, address: str | None = None, data: Path | None = None
    ) -> None:
        self._ray: Any = _import_ray()
        if address is not None and address != "auto":
            _check_answers(address)
        self._workers, self._address, self._data = workers, address, data

    def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
        with self._connected():
            do = self._ray.remote(num_cpus=1, max_retries=RETRIES)(on_node)
            needs = Needs.here(self._data)
            flying: dict[Any, Task] = {}
            while True:
                for task in itertools.islice(tasks, max(0, self._most() - len(flying))):
                    flying[do.remote(work, task, needs)] = task
                if not flying:
                    return
                for ready in self._ready(flying):
                    yield self._result(ready, flying.pop(ready))

    @contextlib.contextmanager
    def _connected(self) -> Iterator[None]:
        """Nothing that is begun here outlives the block; a cluster's nodes only leave our work."""
        own = {"num_cpus": self._workers} if self._address is None else {}
        try:
            try:
                self._ray.init(
                    # Without an address Ray would look for one in its environment.
                    self._address or "local",
                    runtime_env={"env_vars": {"PYTHONPATH": str(ROOT)}},
                    include_dashboard=False,
                    log_to_driver=False,
                    logging_level=logging.CRITICAL,
                    **own,
                )
            except (OSError, RuntimeError, ValueError, self._ray.exceptions.RayError) as error:
                where = self._address or "on this machine"
                raise MachineError(f"Ray, {where}: cannot be used ({_line(error)})") from error
            yield
        finally:
            self._ray.shutdown(wait_for_processes=True)

    def _most(self) -> int:
        """Tasks that are given out at a time; nodes come and go."""
        if self._address is not None and self._workers is not None:
            return self._workers
        with self._cluster():
            return AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 0)))

    def _ready(self, flying: Mapping[Any, object]) -> Sequence[Any]:
        with self._cluster():
            ready: Sequence[Any] = self._ray.wait(list(flying))[0]
            return ready

    @contextlib.contextmanager
    def _cluster(self) -> Iterator[None]:
        try:
            yield
        except self._ray.exceptions.RayError as error:
            raise MachineError(
                f"Ray: the cluster does not answer any more ({_line(error)}); the same command goes"
                " on from what is done"
            ) from error

    def _result(self, ready: Any, task: object) -> Any:
        try:
            return self._ray.get(ready)
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause from error
        except self._ray.exceptions.RayError as error:
            raise MachineError(
                f"{task}: no result came of it, nor of up to {RETRIES} more tries ({_line(error)}):"
                " does the nodes' memory suffice?"
            ) from error


def _import_ray() -> ModuleType:
    # It asks for this when it is imported; nothing is to be reported to anybody.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ImportError as error:
        raise MachineError(
            "--engine ray: Ray is not installed; `make setup` installs it, and so does"
            " `pip install -e '.[ray]'`"
        ) from error
    return ray


def _check_answers(address: str) -> None:
    """Ray itself would ask for minutes."""
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdecimal() or int(port) > 65535:
        raise InputError(f"--address: {address!r} is neither auto nor host:port")
    try:
        with socket.create_connection((host, int(port)), _ANSWER_S) as asked:
            asked.sendall(_GREETING)
            answer = asked.recv(9)
    except OSError as error:
        raise MachineError(f"--address: no Ray answers at {address} ({error})") from error
    encrypted = os.environ.get("RAY_USE_TLS", "0") != "0"
    if answer[3:4] != bytes((_SETTINGS,)) and not encrypted:
        raise MachineError(f"--address: something else than Ray answers at {address}")


def _line(error: Exception) -> str:
    """Its first sentence; Ray goes on with advice."""
    return f"{type(error).__name__}: {error}".splitlines()[0].partition(". ")[0].rstrip(".")
