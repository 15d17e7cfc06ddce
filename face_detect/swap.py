"""Output folders that are whole or absent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from face_detect.command import InputError


@contextmanager
def swapped_in(folder: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """An empty folder to fill, which takes the place of `folder` when the body ends well.

    A folder that is neither empty nor one that `is_ours` knows is refused, not replaced.
    """
    folder = folder.resolve()
    _refuse_strangers(folder, is_ours)
    folder.parent.mkdir(parents=True, exist_ok=True)
    building = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    building.mkdir()
    try:
        yield building
        _swap(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _refuse_strangers(folder: Path, is_ours: Callable[[Path], bool]) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file, not a folder to write to")
    if any(folder.iterdir()) and not is_ours(folder):
        raise InputError(f"{folder}: holds files that this command did not write; name another")


def _swap(building: Path, folder: Path) -> None:
    old = building.with_suffix(".old")
    if folder.exists():
        folder.rename(old)
    try:
        building.rename(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
