"""How much memory `train prepare` takes in each of its processes while it runs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.looking import Looking

_LEAST_BYTES = 100_000_000
"""multiprocessing's own helpers take less, and a worker that has its libraries more."""


@dataclass(kw_only=True)
class WorkerMemory(Looking):
    """Looks at what this process starts while the block runs: one process, and its workers."""

    worker_peak_bytes: int = 0
    """The most that any of them ever had, as the system tells it."""
    parent_peak_bytes: int = 0
    held_bytes: list[int] = field(default_factory=list)
    """What the largest worker held, look by look."""

    @property
    def growth(self) -> float:
        """The most that was held in the last third of the looks / in the second: 1 where it is
        flat. In the first a worker still loads its libraries."""
        third = len(self.held_bytes) // 3
        if not third:
            return 1.0
        return max(self.held_bytes[2 * third :]) / max(self.held_bytes[third : 2 * third])

    def look(self) -> None:
        """At what this process has started by now."""
        for parent in psutil.Process().children():
            self.parent_peak_bytes = max(self.parent_peak_bytes, _peak_bytes(parent.pid))
            self._look_at(list(_workers(parent)))

    def _look_at(self, workers: list[psutil.Process]) -> None:
        held = 0
        for worker in workers:
            with contextlib.suppress(psutil.Error):
                held = max(held, int(worker.memory_info().rss))
                self.worker_peak_bytes = max(self.worker_peak_bytes, _peak_bytes(worker.pid))
        if held:
            self.held_bytes.append(held)


def _workers(parent: psutil.Process) -> Iterator[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        for child in parent.children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if child.memory_info().rss >= _LEAST_BYTES:
                    yield child


def _peak_bytes(process_id: int) -> int:
    """Linux remembers it, so that nothing between two looks is missed."""
    try:
        lines = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    told = next((line for line in lines if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(told.split()[1]) * 1024
