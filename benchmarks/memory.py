"""How much memory a process and all that it started hold."""

from __future__ import annotations

import contextlib

import psutil


def memory_bytes(process_id: int) -> int:
    """What processes share counts once where the system tells it (Linux), else in each."""
    total = 0
    try:
        root = psutil.Process(process_id)
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    for process in family:
        with contextlib.suppress(psutil.Error):
            total += _of(process)
    return total


def _of(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.AccessDenied):
        full = process.memory_full_info()
        if hasattr(full, "pss"):
            return int(full.pss)
    return int(process.memory_info().rss)
