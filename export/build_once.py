"""What Vite builds is built again only when a source changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from face_detect.command import FacecastError

_STAMP = ".sources"
# npm's own lines, and the builder's way to the error, coloured or not.
_NOISE = re.compile(r"npm |(\x1b\[\d+m|\s)*at ")


class WebBuildError(FacecastError):
    """The page does not build; the message is the builder's own last line."""


def build_once(build: Path, wanted: str, make: Callable[[], None]) -> Path:
    """The folder, up to date: `make` fills it where it was made of other sources than `wanted`."""
    stamp = build / _STAMP
    if not stamp.is_file() or stamp.read_text() != wanted:
        stamp.unlink(missing_ok=True)
        make()
        stamp.write_text(wanted)
    return build


def hash_of(root: Path, sources: Iterable[Path]) -> str:
    """One hash over files below `root`, by name and content."""
    total = hashlib.sha256()
    for path in sorted(sources):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def files_below(entries: Iterable[Path]) -> Iterator[Path]:
    """Files as they are, folders as all that they hold."""
    for entry in entries:
        yield from (path for path in [entry, *entry.rglob("*")] if path.is_file())


def run_builder(command: list[str], folder: Path, what: str) -> None:
    """Quiet when all is well."""
    with _group(command, folder) as process:
        output, _ = process.communicate()
    if process.returncode != 0:
        lines = [line for line in output.splitlines() if line.strip() and not _NOISE.match(line)]
        raise WebBuildError(f"{what} does not build: {' | '.join(lines[-3:])}")


@contextlib.contextmanager
def _group(command: list[str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that takes all its children along when the block is left early."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
