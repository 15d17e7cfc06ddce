"""Faces that `python -m train prepare` cut out, read as any other dataset."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from face_detect.command import InputError
from train.data.dataset import Dataset
from train.data.files import Files
from train.data.reading import Reading
from train.data.record import Record
from train.data.sample_row import SampleRow, read_row
from train.data.shard_index import INDEX, Shard, is_index, read_index


def knows_shards(files: Files) -> bool:
    """Whether `train prepare` wrote there."""
    return files.path.is_dir() and is_index(files.path)


def read_shards(files: Files, reading: Reading) -> Dataset:
    """Every face of every shard; nothing but their lists is read before a face is asked for."""
    index = read_index(files.path)
    records = [
        _record(row, files.path / shard.tar.name, shard.tar.sha256)
        for shard in index.shards
        for row in _rows(files.path, shard)
    ]
    return files.dataset(
        "shards", records, files.problems, framing=index.framing, otherwise="holds no face"
    )


def _rows(folder: Path, shard: Shard) -> Iterator[SampleRow]:
    """All lines of a shard's list, which is small enough to be checked each time."""
    path = folder / shard.listing.name
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != shard.listing.sha256:
        raise InputError(f"{path}: is damaged: its SHA-256 is not the one in {INDEX}")
    for line in content.splitlines():
        yield read_row(json.loads(line))


def _record(row: SampleRow, shard: Path, sha256: str) -> Record:
    return Record(
        name=row.name,
        labels=row.labels,
        read=partial(_read, shard, row.offset, row.size, row.crc32),
        split=row.split,
        subject=row.subject,
        box=row.box,
        mark=f"{sha256}:{row.offset}",
        shrunk=row.shrunk,
    )


def _read(shard: Path, offset: int, size: int, crc32: int) -> bytes:
    with shard.open("rb") as stream:
        stream.seek(offset)
        content = stream.read(size)
    if zlib.crc32(content) != crc32:
        raise ValueError(f"{shard.name} is damaged at byte {offset}")
    return content
