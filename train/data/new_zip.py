"""A zip that is being written, and may be given up in the middle of an entry."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def new_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """What ends the work, as Ctrl-C does, comes through as it is.

    While an entry is half written a zip refuses to be closed, and that error would take its place.
    """
    with path.open("w+b") as stream:
        archive = zipfile.ZipFile(stream, "w")
        try:
            yield archive
        except BaseException:
            archive.fp = None  # given up: nothing is left to be closed
            raise
        archive.close()
