"""`index.json`: which shards there are, whether they are whole, and what is in them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_detect.command import InputError
from train.data.dataset import Framing

INDEX = "index.json"
UNFINISHED = ".unfinished"
"""The folder in which work that goes on is kept, inside of that of the shards."""
WRITER = "facecast train prepare"
VERSION = 1


@dataclass(frozen=True, kw_only=True)
class ShardFile:
    """A file, and what tells whether it is that file still."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Shard:
    """A tar of faces, and the list of them."""

    tar: ShardFile
    listing: ShardFile
    samples: int


@dataclass(frozen=True, kw_only=True)
class ShardIndex:
    """What `index.json` says, as far as readers need it."""

    framing: Framing
    samples: int
    shards: tuple[Shard, ...]
    document: Mapping[str, Any]
    """All of it."""

    def files(self) -> list[ShardFile]:
        """Every file that the index answers for."""
        return [file for shard in self.shards for file in (shard.tar, shard.listing)]


def is_index(folder: Path) -> bool:
    """Whether `train prepare` wrote there, or has begun to."""
    return (folder / UNFINISHED).is_dir() or _document(folder / INDEX) is not None


def read_index(folder: Path) -> ShardIndex:
    """The index of finished shards; each is there, and as large as it was."""
    document = _document(folder / INDEX)
    if document is None:
        raise InputError(f"{folder}: is not prepared to its end; give the same command again")
    index = index_of(document, folder)
    for file in index.files():
        _check_size(folder, file)
    return index


def index_of(document: Mapping[str, Any], folder: Path | str) -> ShardIndex:
    """What an index says, whether or not the files are there."""
    where = f"{folder}/{INDEX}"
    if document.get("version") != VERSION:
        raise InputError(f"{where}: is of version {document.get('version')}, not {VERSION}")
    try:
        return ShardIndex(
            framing=document["framing"],
            samples=document["samples"],
            shards=tuple(_shard(each) for each in document["shards"]),
            document=document,
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"{where}: is damaged ({error!r})") from error


def _shard(document: Mapping[str, Any]) -> Shard:
    return Shard(
        tar=ShardFile(**document["tar"]),
        listing=ShardFile(**document["listing"]),
        samples=document["samples"],
    )


def _check_size(folder: Path, file: ShardFile) -> None:
    path = folder / file.name
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: is missing; {INDEX} names it") from error
    if size != file.size:
        raise InputError(f"{path}: is damaged: {size} bytes, where {INDEX} says {file.size}")


def _document(path: Path) -> dict[str, Any] | None:
    """What the file says, if `train prepare` wrote it."""
    try:
        return parse_index(path.read_bytes())
    except OSError:
        return None


def parse_index(content: bytes) -> dict[str, Any] | None:
    """None of what `train prepare` did not write."""
    try:
        document = json.loads(content)
    except ValueError:
        return None
    return document if isinstance(document, dict) and document.get("writer") == WRITER else None
