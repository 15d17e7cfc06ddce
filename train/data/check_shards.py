"""Read every byte of a folder of shards, and hold it to the index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from face_detect.command import InputError
from train.data.shard_index import INDEX, ShardIndex, read_index

_BLOCK = 1 << 20


def check_shards(
    folder: Path, on_step: Callable[[int, int], None] = lambda done, total: None
) -> ShardIndex:
    """Each file's SHA-256; the first that differs is named. Steps are megabytes."""
    index = read_index(folder)
    total = sum(file.size for file in index.files())
    done = 0
    for file in index.files():
        found = hashlib.sha256()
        with (folder / file.name).open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
                done += len(block)
                on_step(done // _BLOCK, total // _BLOCK)
        if found.hexdigest() != file.sha256:
            raise InputError(
                f"{folder / file.name}: is damaged: its SHA-256 is {found.hexdigest()[:16]}…,"
                f" where {INDEX} says {file.sha256[:16]}…"
            )
    return index
