"""What each process of the machine has taken of its processors since we began to look."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import psutil

_KERNEL = 2
"""Linux' own threads are children of this one; they are no programs."""
Key = tuple[int, float]
"""A process by number and birth, for numbers come again."""


@dataclass(kw_only=True)
class _Process:
    name: str
    parent: int
    begun_s: float
    """What it had taken when we first looked; 0 where it was not there yet."""
    taken_s: float


class Processes:
    """Knows what it saw of a process after that one has ended."""

    def __init__(self) -> None:
        self._seen: dict[Key, _Process] = {}
        self._ours: set[Key] = set()
        self._looked = False

    def look(self) -> None:
        """Some milliseconds; what a process takes after the last look before its end is missed."""
        now = dict(_running())
        for key, found in now.items():
            before = self._seen.get(key)
            if before is None:
                found.begun_s = 0.0 if self._looked else found.taken_s
                self._seen[key] = found
            else:
                before.taken_s = found.taken_s
        self._ours |= _family(now, self._ours)
        self._looked = True

    def ours_s(self) -> float:
        """Of this process and all that it started, seconds."""
        return sum(found.taken_s - found.begun_s for found in self._of(ours=True))

    def busiest(self, least_s: float) -> list[str]:
        """Names of other programs that took at least so much, the greediest first."""
        taken: Counter[str] = Counter()
        for found in self._of(ours=False):
            if found.parent != _KERNEL:
                taken[found.name] += round(1000 * (found.taken_s - found.begun_s))
        return [name for name, ms in taken.most_common() if ms >= max(1, 1000 * least_s)]

    def _of(self, ours: bool) -> Iterator[_Process]:
        return (found for key, found in self._seen.items() if (key in self._ours) == ours)


def _running() -> Iterator[tuple[Key, _Process]]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error), process.oneshot():
            times = process.cpu_times()
            found = _Process(
                name=process.name(),
                parent=process.ppid(),
                begun_s=0.0,
                taken_s=times.user + times.system,
            )
            yield (process.pid, process.create_time()), found


def _family(now: dict[Key, _Process], known: set[Key]) -> set[Key]:
    """This process, its children and theirs; those known before stay ours when a parent ends."""
    ours = {key for key in now if key[0] == os.getpid() or key in known}
    while True:
        parents = {pid for pid, _ in ours}
        further = {key for key, found in now.items() if found.parent in parents} - ours
        if not further:
            return ours
        ours |= further
