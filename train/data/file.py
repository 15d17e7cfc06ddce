"""One file of a dataset, whether it lies in a folder or in a zip."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from lzma import LZMAError
from pathlib import Path
from typing import IO
from zipfile import BadZipFile

UNREADABLE = (OSError, ValueError, EOFError, RuntimeError, BadZipFile, zlib.error, LZMAError)
"""What reading a file, packed or not, may raise when it is damaged."""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that is opened when asked for."""

    name: str
    """From the dataset's root, with slashes, in composed Unicode (NFC)."""
    open: Callable[[], IO[bytes]]
    path: Path | None = None
    """Where it lies, unless it is in a zip."""

    def read(self) -> bytes:
        """All of its bytes."""
        with self.open() as stream:
            return stream.read()

    @property
    def parents(self) -> tuple[str, ...]:
        """The folders above it, from the dataset's root."""
        return tuple(self.name.split("/")[:-1])

    @property
    def base(self) -> str:
        """Its name without folders."""
        return self.name.rsplit("/", 1)[-1]

    @property
    def stem(self) -> str:
        return self.base.rpartition(".")[0] or self.base

    @property
    def suffix(self) -> str:
        """Lower case, with its dot."""
        stem, dot, end = self.base.rpartition(".")
        return (dot + end).lower() if stem else ""


def file_on_disk(path: Path, name: str) -> File:
    """A file of a folder; a Mac stores names in decomposed Unicode, which is composed here."""
    return File(name=unicodedata.normalize("NFC", name), open=partial(_open, path), path=path)


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")
