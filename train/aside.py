"""Files that are there whole, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def aside(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which `put` moves; gone when the block fails."""
    try:
        with path.open("wb") as stream:
            yield stream
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of `path` when the block has ended well."""
    with aside(path.with_name(f".{path.name}.new")) as stream:
        yield stream
        put(stream, path)


def put(stream: IO[bytes], path: Path) -> None:
    """Give what was written its name, once it lies on the disk."""
    stream.flush()
    os.fsync(stream.fileno())
    Path(stream.name).replace(path)
