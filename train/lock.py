"""A folder that one process at a time works in."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import TextIO

LOCK = ".lock"


def lock(folder: Path) -> TextIO | None:
    """Hold it until it is closed; None where another process does.

    The system drops the lock when its process ends, however it ends.
    """
    file = (folder / LOCK).open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
