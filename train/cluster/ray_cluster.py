"""Ray: one of our own on this machine, or a cluster that runs."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from face_detect.command import InputError, MachineError

ROOT = Path(__file__).resolve().parent.parent.parent
_ANSWER_S = 5.0
_GREETING = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes((0, 0, 0, 4, 0, 0, 0, 0, 0))
"""How a client of gRPC begins: RFC 9113, 3.4; whoever speaks it answers with settings, too."""
_SETTINGS = 4


class RayCluster:
    """`address` is "auto" or host:port; None starts a Ray of so many CPUs, or of all here."""

    ray: Any
    """The module."""

    def __init__(self, address: str | None = None, cpus: int | None = None) -> None:
        self.ray = _import_ray()
        if address is not None and address != "auto":
            _check_answers(address)
        self._address, self._cpus = address, cpus

    @property
    def own(self) -> bool:
        """Whether it is begun here and ended with the command."""
        return self._address is None

    @contextlib.contextmanager
    def connected(self) -> Iterator[None]:
        """Nothing that is begun here outlives the block; a cluster's nodes only leave our work."""
        own = {"num_cpus": self._cpus} if self.own else {}
        try:
            try:
                self.ray.init(
                    # Without an address Ray would look for one in its environment.
                    self._address or "local",
                    runtime_env={"env_vars": {"PYTHONPATH": str(ROOT)}},
                    include_dashboard=False,
                    log_to_driver=False,
                    logging_level=logging.CRITICAL,
                    **own,
                )
            except (OSError, RuntimeError, ValueError, self.ray.exceptions.RayError) as error:
                where = self._address or "on this machine"
                raise MachineError(
                    f"Ray, {where}: cannot be used ({first_sentence(error)})"
                ) from error
            yield
        finally:
            self.ray.shutdown(wait_for_processes=True)

    def has(self, resource: str) -> int:
        """CPU or GPU: how many its nodes have together, now; nodes come and go."""
        with self.answering():
            return int(self.ray.cluster_resources().get(resource, 0))

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """Tell a cluster that is gone by its name."""
        try:
            yield
        except self.ray.exceptions.RayError as error:
            raise MachineError(
                f"Ray: the cluster does not answer any more ({first_sentence(error)}); the same"
                " command goes on from what is done"
            ) from error


def first_sentence(error: Exception) -> str:
    """An error's; Ray goes on with advice."""
    return f"{type(error).__name__}: {error}".splitlines()[0].partition(". ")[0].rstrip(".")


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
