"""A thousand crops in a file of their own, and the list of which they are."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from face_detect.command import MachineError
from train.aside import aside, put
from train.contract import Contract
from train.crops import NO_FACE, crops_of
from train.data.dataset import Framing, Problem
from train.data.record import Record
from train.inputs import channels_of

PIXELS, LIST = ".npy", ".json"
_LEFT_S = 3600
"""A file aside that is older was left by a kill: to write a block takes seconds."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """What a list says: crops by their marks, in the order of their rows, and what gave none."""

    path: Path
    marks: tuple[str, ...]
    problems: dict[str, Problem]

    def known(self) -> set[str]:
        """What need not be looked at again; a file that could not be read may be read next time."""
        faceless = (mark for mark, each in self.problems.items() if each.kind == NO_FACE)
        return {*self.marks, *faceless}


@dataclass(frozen=True, kw_only=True)
class BlockTask:
    """Pictures to cut, in a process of its own."""

    records: tuple[Record, ...]
    marks: tuple[str, ...]
    contract: Contract
    framing: Framing
    folder: Path

    def __str__(self) -> str:
        return f"{self.records[0].name} to {self.records[-1].name}"


def cut_block(task: BlockTask) -> int:
    """Write a block; how many pictures were looked at. The list comes last: without it, there is
    no block."""
    crops = crops_of(task.records, task.contract, framing=task.framing)
    marks = [mark for mark, found in zip(task.marks, crops.found, strict=True) if found]
    problems = iter(crops.problems)
    missed = {
        mark: [problem.name, problem.kind, problem.detail]
        for mark, found in zip(task.marks, crops.found, strict=True)
        if not found
        for problem in [next(problems)]
    }
    digest = hashlib.sha256("\n".join(task.marks).encode()).hexdigest()[:16]
    path = task.folder / f"{digest}{PIXELS}"
    pixels = channels_of(crops.pixels, task.contract.input)[crops.found]
    listing = json.dumps({"marks": marks, "problems": missed}, ensure_ascii=False)
    try:
        with _aside(path) as stream:
            np.save(stream, np.ascontiguousarray(pixels))
            put(stream, path)
        with _aside(path.with_suffix(LIST)) as stream:
            stream.write(listing.encode())
            put(stream, path.with_suffix(LIST))
    except OSError as error:
        raise MachineError(f"{path}: cannot be written ({error.strerror or error})") from error
    return len(task.records)


def sweep(folder: Path) -> None:
    """Take out what a kill left half-written, and nothing that another run is writing."""
    for path in [*folder.glob(f".*{PIXELS}.*"), *folder.glob(f".*{LIST}.*")]:
        with contextlib.suppress(FileNotFoundError):  # another run sweeps, too
            if time.time() - path.stat().st_mtime > _LEFT_S:
                path.unlink()


def read_blocks(folder: Path) -> list[Block]:
    """All that are whole, in an order of their own; the pictures of others are cut again."""
    found = (_read(path) for path in sorted(folder.glob(f"*{LIST}")))
    return [block for block in found if block is not None]


def _read(path: Path) -> Block | None:
    pixels = path.with_suffix(PIXELS)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        problems = {
            mark: Problem(name=name, kind=kind, detail=detail)
            for mark, (name, kind, detail) in document["problems"].items()
        }
        marks = tuple(document["marks"])
        if len(np.load(pixels, mmap_mode="r")) != len(marks):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError):
        return None
    return Block(path=pixels, marks=marks, problems=problems)


def _aside(path: Path) -> AbstractContextManager[IO[bytes]]:
    """Two runs may cut the same block at once, on two machines."""
    return aside(path.with_name(f".{path.name}.{secrets.token_hex(8)}"))
