"""What the processes of a cluster tell the command that waits for them."""

from __future__ import annotations

import pickle
from typing import Any

import ray

from train.rarely import rarely
from train.watch import Watch

OFTEN_S = 0.2


class Told:
    """Kept in an actor until the command takes it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._step: tuple[int, int] | None = None
        self._faults: dict[int, Exception] = {}

    def say(self, line: str) -> None:
        self._lines.append(line)

    def step(self, step: tuple[int, int]) -> None:
        """Only the newest is of use."""
        self._step = step

    def fail(self, rank: int, fault: Exception) -> None:
        self._faults[rank] = fault

    def take(self) -> tuple[list[str], tuple[int, int] | None]:
        """The lines that came since it was asked last, and how far the work is."""
        taken = self._lines, self._step
        self._lines, self._step = [], None
        return taken

    def faults(self) -> dict[int, Exception]:
        """By the process' rank, in the order of their coming: others follow from the first."""
        return self._faults


def watch_that_tells(told: Any) -> Watch:
    """For a process that works; a line has arrived when `say` returns."""
    step = rarely(told.step.remote, OFTEN_S)
    return Watch(
        say=lambda line: ray.get(told.say.remote(line)),
        on_step=lambda done, total: step((done, total)),
    )


def portable(fault: Exception) -> Exception:
    """The fault itself, or, where that cannot go to another process, one that says the same."""
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:
        return RuntimeError(f"{type(fault).__name__}: {fault}")
    return fault
