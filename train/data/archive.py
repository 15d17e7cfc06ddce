"""A zip that stays packed: what may safely be read from it, and what may not."""

from __future__ import annotations

import functools
import os
import unicodedata
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

from face_detect.command import InputError
from train.data.dataset import Problem
from train.data.file import File

BOMB_RATIO = 200
"""Pictures hardly shrink at all and text to a tenth; a bomb's zeros shrink to a thousandth."""
BOMB_BYTES = 8 << 20
"""A member that unpacks to less harms nobody, however well it was packed."""


class Archive:
    """An open zip that may be pickled or forked: each process opens a handle of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: tuple[int, zipfile.ZipFile] | None = None

    def open(self, member: zipfile.ZipInfo) -> IO[bytes]:
        """A member's bytes as a stream. By its name it could be another member of that name."""
        return self._zip().open(member)

    def members(self) -> list[zipfile.ZipInfo]:
        """Everything in it but folders."""
        # Windows' older zips end a folder's name with a backslash.
        return [info for info in self._zip().infolist() if not info.filename.endswith(("/", "\\"))]

    def _zip(self) -> zipfile.ZipFile:
        # Processes that share a handle share its position, and read each other's bytes.
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = os.getpid(), zipfile.ZipFile(self._path)
        return self._opened[1]

    def __reduce__(self) -> tuple[Callable[[Path], Archive], tuple[Path]]:
        return _unpickled, (self._path,)


# A worker gets a zip's members in many portions, and would list the zip anew for each.
@functools.lru_cache(maxsize=8)
def _unpickled(path: Path) -> Archive:
    return Archive(path)


def list_archive(path: Path, prefix: str = "") -> tuple[list[File], list[Problem]]:
    """The members that may be read, and why the others may not. Nothing is ever extracted."""
    archive = Archive(path)
    try:
        members = archive.members()
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise InputError(f"{path}: is not a zip file, or is cut short ({error})") from error
    files: dict[str, File] = {}
    problems: list[Problem] = []
    for info in members:
        name = prefix + _true_name(info)
        danger = _danger(info) or ("named twice in the zip" if name in files else "")
        if danger:
            detail = f"{info.file_size} bytes, packed {info.compress_size}"
            problems.append(Problem(name=name, kind=danger, detail=detail))
        elif not is_hidden(name):
            files[name] = File(name=name, open=partial(archive.open, info))
    return list(files.values()), problems


def is_hidden(name: str) -> bool:
    """What a desktop leaves behind: `.DS_Store`, `__MACOSX/`, `.ipynb_checkpoints/`."""
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _danger(info: zipfile.ZipInfo) -> str:
    # On the raw name, for `ZipInfo.filename` ends at the first NUL.
    raw = info.orig_filename.replace("\\", "/")
    if raw.startswith("/") or ".." in raw.split("/") or raw[1:2] == ":" or "\0" in raw:
        return "unsafe name in the zip"
    if info.flag_bits & 1:
        return "encrypted"
    if info.file_size > max(BOMB_BYTES, BOMB_RATIO * info.compress_size):
        return "zip bomb"
    return ""


def _true_name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: without its flag, UTF-8 and Korean Windows' names come garbled."""
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp949", errors="replace")
    parts = unicodedata.normalize("NFC", name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", "."))
