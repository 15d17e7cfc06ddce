"""How much of the machine other programs take while we measure."""

from __future__ import annotations

import contextlib
import time

import psutil


class Others:
    """Watches from its making on."""

    def __init__(self) -> None:
        self._begun_s = time.monotonic()
        self._busy_s, self._ours_s = _busy_s(), _ours_s()

    def share(self) -> float:
        """Of all processors' time since then; 0 on a machine that does nothing else."""
        whole_s = (time.monotonic() - self._begun_s) * (psutil.cpu_count() or 1)
        theirs_s = (_busy_s() - self._busy_s) - (_ours_s() - self._ours_s)
        return min(1.0, max(0.0, theirs_s / whole_s))


def _busy_s() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))


def _ours_s() -> float:
    """Of this process and all that it started and that still runs."""
    me = psutil.Process()
    total_s = 0.0
    for process in (me, *me.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            total_s += times.user + times.system
    return total_s
