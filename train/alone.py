"""A study's folder, for one process at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from face_detect.command import InputError
from train.lock import lock


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold it for the block; complain where another process does."""
    held = lock(folder)
    if held is None:
        raise InputError(f"{folder}: is the folder of a study that is going on in another process")
    with held:
        yield
