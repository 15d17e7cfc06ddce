"""The page, built by Vite; again only when a source changed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from export.compress import compress
from face_detect.command import FacecastError, MachineError

_STAMP = ".sources"
# npm's own lines, and the builder's way to the error, coloured or not.
_NOISE = re.compile(r"npm |(\x1b\[\d+m|\s)*at ")
_NOT_SOURCES = {"node_modules", "build", "coverage"}


class WebBuildError(FacecastError):
    """The page does not build; the message is the builder's own last line."""


def build_web(web: Path) -> Path:
    """`web/build`, up to date and compressed: `site/` for the page and the library that it uses,
    `types/` of that, `harness/` for proofs."""
    build, wanted = web / "build", sources_hash(web)
    stamp = build / _STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return build
    stamp.unlink(missing_ok=True)
    _run_build(web)
    compress(path for path in (build / "site").rglob("*") if path.is_file())
    stamp.write_text(wanted)
    return build


def sources_hash(web: Path) -> str:
    """One hash over every file that the build can read, by name and content."""
    total = hashlib.sha256()
    for path in sorted(_sources(web)):
        total.update(f"{path.relative_to(web).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources(web: Path) -> Iterator[Path]:
    for entry in web.iterdir():
        if entry.name in _NOT_SOURCES:
            continue
        yield from (path for path in [entry, *entry.rglob("*")] if path.is_file())


def _run_build(web: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or not (web / "node_modules").is_dir():
        raise MachineError("the page cannot be built: npm and web/node_modules are needed")
    with _group([npm, "run", "build"], web) as process:
        output, _ = process.communicate()
    if process.returncode != 0:
        lines = [line for line in output.splitlines() if line.strip() and not _NOISE.match(line)]
        raise WebBuildError(f"the page does not build: {' | '.join(lines[-3:])}")


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
