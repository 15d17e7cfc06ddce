"""Files of a run that goes on: each is there whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from face_detect.command import MachineError
from train.aside import aside, put


@contextlib.contextmanager
def write_in(folder: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which `put` moves. On a disk that is full the error says so, and that
    nothing is lost."""
    try:
        with aside(folder / "new") as stream:
            yield stream
    except OSError as error:
        raise MachineError(
            f"{folder.parent}: cannot be written to ({error.strerror or error}); what is there"
            " stays, and the same command goes on from it"
        ) from error


def write_whole(folder: Path, path: Path, content: bytes) -> None:
    """Both at once; `folder` is where it is written until it is whole."""
    with write_in(folder) as stream:
        stream.write(content)
        put(stream, path)
