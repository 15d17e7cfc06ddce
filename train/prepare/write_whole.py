"""Files that are there whole, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from face_detect.command import MachineError


@contextlib.contextmanager
def aside(folder: Path) -> Iterator[IO[bytes]]:
    """A file to write to, gone after the block unless `put` has moved it; on a disk that is full
    the error says so, and that nothing is lost."""
    path = folder / "new"
    try:
        with path.open("wb") as stream:
            yield stream
    except OSError as error:
        raise MachineError(
            f"{folder.parent}: cannot be written to ({error.strerror or error}); what is there"
            " stays, and the same command goes on from it"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def put(stream: IO[bytes], path: Path) -> None:
    """Give what was written its name, once it lies on the disk."""
    stream.flush()
    os.fsync(stream.fileno())
    Path(stream.name).replace(path)


def write_whole(folder: Path, path: Path, content: bytes) -> None:
    """Both at once; `folder` is where it is written until it is whole."""
    with aside(folder) as stream:
        stream.write(content)
        put(stream, path)
