"""A folder that changes whole or not at all: built beside, then put in its place."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType

from face_detect.command import InputError

_MARK = "report.json"


@contextlib.contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Yield an empty folder; when the block ends well it becomes `out`, otherwise it is gone."""
    _check(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    staging = out.parent / f".{out.name}.building-{os.getpid()}"
    try:
        (staging / "new").mkdir(parents=True)
        yield staging / "new"
        with _uninterrupted():
            _exchange(staging, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def keep_models(out: Path, staging: Path, exported: Iterable[str]) -> list[str]:
    """Carry the models over that this export leaves alone; their names."""
    kept = []
    for folder in sorted((out / "models").glob("*/")):
        if folder.name not in set(exported):
            target = staging / "models" / folder.name
            shutil.copytree(folder, target, copy_function=_link)
            kept.append(folder.name)
    return kept


def _check(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file, not a folder to export into")
    if out.is_dir() and any(out.iterdir()) and not (out / _MARK).is_file():
        raise InputError(
            f"{out}: is not empty and holds no {_MARK}; it is not an export to replace"
        )


def _sweep(out: Path) -> None:
    """Remove what an export left behind that was killed outright."""
    for folder in out.parent.glob(f".{out.name}.building-*"):
        if not Path("/proc", folder.name.rsplit("-", 1)[1]).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _exchange(staging: Path, out: Path) -> None:
    old = staging / "old"
    if out.exists():
        out.rename(old)
    try:
        (staging / "new").rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:  # a filesystem without hard links
        shutil.copy2(source, target)
    return target


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seen: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:
        seen.append(number)

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if seen:
        raise KeyboardInterrupt
