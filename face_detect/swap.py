"""A folder that changes whole or not at all: built beside, then put in its place."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from face_detect.command import InputError


@contextlib.contextmanager
def staged(out: Path, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """Yield an empty folder; when the block ends well it becomes `out`, otherwise it is gone.

    A folder that is neither empty nor one that `is_ours` knows is refused, not replaced.
    """
    out = out.resolve()
    refuse_strangers(out, is_ours)
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


def refuse_strangers(out: Path, is_ours: Callable[[Path], bool]) -> None:
    """Complain of an `out` that `staged` would not replace; long work asks before it begins."""
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file, not a folder to write to")
    if out.is_dir() and any(out.iterdir()) and not is_ours(out):
        raise InputError(f"{out}: holds files that this command did not write; name another")


def _sweep(out: Path) -> None:
    """Remove what a run left behind that was killed outright."""
    for folder in out.parent.glob(f".{out.name}.building-*"):
        if not Path("/proc", folder.name.rsplit("-", 1)[1]).exists():
            if not out.exists() and (folder / "old").exists():
                (folder / "old").rename(out)
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
