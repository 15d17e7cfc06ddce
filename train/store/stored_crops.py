"""Cut what is not yet in a store, and find what is."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from face_detect.command import InputError, MachineError
from train.contract import Contract
from train.crops import NO_FACE
from train.data.dataset import Framing, Problem
from train.data.record import Record
from train.prepare.engine import Engine
from train.prepare.local_engine import LocalEngine
from train.store.block import Block, BlockTask, cut_block, read_blocks, sweep
from train.store.stored_pixels import BLOCK, StoredPixels

VERSION = 1
"""Of how crops are made and kept; another finds nothing of this one's."""


@dataclass(frozen=True, kw_only=True)
class StoredCrops:
    """The crops of some records, in their order."""

    pixels: StoredPixels
    """Of those that were found alone."""
    found: npt.NDArray[np.bool_]
    """[N], of all records."""
    problems: tuple[Problem, ...]


def stored_crops(
    records: Sequence[Record],
    contract: Contract,
    store: Path,
    *,
    framing: Framing,
    engine: Engine | None = None,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> StoredCrops:
    """The records' crops from `store`, where those that were missing have been added.

    Interrupted, the blocks that were finished stay. A picture is known again by its bytes or what
    its dataset says of them, so a store serves any parts of any data.
    """
    folder = store / _kind(contract)
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    marks = [_mark(record, framing) for record in records]
    blocks = read_blocks(folder)
    missing = _missing(marks, blocks)
    _check_room(folder, len(missing), contract)
    tasks = (
        BlockTask(
            records=tuple(records[i] for i in missing[start : start + BLOCK]),
            marks=tuple(marks[i] for i in missing[start : start + BLOCK]),
            contract=contract,
            framing=framing,
            folder=folder,
        )
        for start in range(0, len(missing), BLOCK)
    )
    done = 0
    for count in (engine or LocalEngine()).run(cut_block, tasks):
        done += count
        on_step(done, len(missing))
    return _found(records, marks, read_blocks(folder) if missing else blocks)


def _kind(contract: Contract) -> str:
    """All that decides what a crop of a picture is."""
    spec = contract.input
    kind = repr((VERSION, contract.crop, spec.size, spec.channels))
    return hashlib.sha256(kind.encode()).hexdigest()[:16]


def _mark(record: Record, framing: Framing) -> str:
    """What tells a record's crop from every other."""
    try:
        what = record.mark or hashlib.sha256(record.content()).hexdigest()
    except InputError as error:
        what = str(error)  # which is what will be found of it
    mark = repr((what, record.framing or framing, record.box))
    return hashlib.sha256(mark.encode()).hexdigest()[:32]


def _missing(marks: Sequence[str], blocks: Sequence[Block]) -> list[int]:
    """The first record of each mark that no block knows."""
    known = {mark for block in blocks for mark in block.known()}
    first = {mark: i for i, mark in reversed(list(enumerate(marks)))}
    return sorted(i for mark, i in first.items() if mark not in known)


def _check_room(folder: Path, count: int, contract: Contract) -> None:
    needed = count * contract.input.size**2 * contract.input.depth
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise MachineError(
            f"{folder}: {count} crops need {needed / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free;"
            " name a folder on another disk"
        )


def _found(records: Sequence[Record], marks: Sequence[str], blocks: Sequence[Block]) -> StoredCrops:
    """Of the blocks those that are needed, in the order of the records."""
    every = [item for block in blocks for item in block.problems.items()]
    # What could not be read once may have been found to be without a face since.
    problems = dict(sorted(every, key=lambda item: item[1].kind == NO_FACE))
    rows = {mark: (b, r) for b, block in enumerate(blocks) for r, mark in enumerate(block.marks)}
    places = [rows[mark] for mark in marks if mark in rows]
    needed = list(dict.fromkeys(block for block, _ in places))
    number = {block: i for i, block in enumerate(needed)}
    pixels = StoredPixels(
        [blocks[block].path for block in needed],
        np.array([number[block] for block, _ in places], np.int64),
        np.array([row for _, row in places], np.int64),
    )
    return StoredCrops(
        pixels=pixels,
        found=np.array([mark in rows for mark in marks], np.bool_),
        problems=tuple(
            dataclasses.replace(problems[mark], name=record.name)
            for record, mark in zip(records, marks, strict=True)
            if mark not in rows
        ),
    )
