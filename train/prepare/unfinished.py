"""Work that goes on: which portions are done, and which shards. It outlives the process.

A portion's part is kept as `parts/NUMBER.tar` and, when that is whole, `NUMBER.json`. When enough
parts are there that follow one another, they are joined to a shard, `shards/NUMBER.json` says so,
and the parts go. Whenever it is ended, what is on the disk can be told by its names alone.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_detect.command import InputError, MachineError
from train.data.sample_row import as_line
from train.data.shard_index import UNFINISHED
from train.lock import lock
from train.prepare.plan import refuse_other
from train.prepare.portion import Part
from train.prepare.write_whole import write_whole

PLAN = "plan.json"


@dataclass(frozen=True, kw_only=True)
class KeptPart:
    """A part as it lies on the disk."""

    tar: Path
    listing: Path

    @property
    def size(self) -> int:
        return self.tar.stat().st_size

    @functools.cached_property
    def document(self) -> dict[str, Any]:
        """Read when it is asked for: many parts may wait for one."""
        found: dict[str, Any] = json.loads(self.listing.read_text(encoding="utf-8"))
        return found


class Unfinished:
    """The folder of one run's work."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / UNFINISHED
        self.parts = self.folder / "parts"
        self.shards = self.folder / "shards"

    def begin(self, plan: Mapping[str, Any]) -> None:
        """Go on with a run of the same plan, or begin one."""
        try:
            self.parts.mkdir(parents=True, exist_ok=True)
            self.shards.mkdir(exist_ok=True)
        except OSError as error:
            raise MachineError(f"{self.out}: cannot be made ({error.strerror})") from error
        path = self.folder / PLAN
        if path.exists():
            refuse_other(self.out, json.loads(path.read_text(encoding="utf-8")), plan)
        else:
            write_whole(self.folder, path, _text(plan))
        self._sweep()

    def _sweep(self) -> None:
        """Take out what a kill left between two steps: a part that is in a shard already, or is not
        whole."""
        joined = {number for shard in self.joined() for number in shard["portions"]}
        for path in _numbered(self.parts, "*"):
            number = int(path.stem)
            part = self.part(number)
            whole = part and part.tar.exists() and part.size == part.document["size"]
            if number in joined or not whole:
                path.unlink()

    def keep(self, part: Part) -> None:
        """The tar first: a part counts when its list is there."""
        write_whole(self.folder, self.parts / f"{part.number}.tar", part.tar)
        document = {
            "size": len(part.tar),
            "sha256": hashlib.sha256(part.tar).hexdigest(),
            "rows": [row.listed() for row in part.rows],
            "notes": [dataclasses.asdict(note) for note in part.notes],
        }
        write_whole(self.folder, self.parts / f"{part.number}.json", as_line(document))

    def part(self, number: int) -> KeptPart | None:
        """A part that is done and in no shard yet."""
        part = KeptPart(tar=self.parts / f"{number}.tar", listing=self.parts / f"{number}.json")
        return part if part.listing.exists() else None

    def waiting(self) -> set[int]:
        """The numbers of all such parts."""
        return {int(path.stem) for path in _numbered(self.parts, "*.json")}

    def drop(self, number: int) -> None:
        """The list last went in, so it goes first."""
        (self.parts / f"{number}.json").unlink(missing_ok=True)
        (self.parts / f"{number}.tar").unlink(missing_ok=True)

    def join(self, number: int, document: Mapping[str, Any]) -> None:
        """Note that a shard is there and which parts are in it; then they may go."""
        write_whole(self.folder, self.shards / f"{number}.json", as_line(document))
        for portion in document["portions"]:
            self.drop(portion)

    def joined(self) -> Iterator[dict[str, Any]]:
        """What was noted of every shard, in order."""
        for path in _numbered(self.shards, "*.json"):
            yield json.loads(path.read_text(encoding="utf-8"))

    def end(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """Hold the folder for the block; complain where another process does."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"{out}: cannot be made ({error.strerror})") from error
    held = lock(out)
    if held is None:
        raise InputError(f"{out}: is being prepared by another process")
    with held:
        yield


def _numbered(folder: Path, pattern: str) -> list[Path]:
    """By number; a desktop or a network disk leaves files of its own beside ours."""
    ours = [path for path in folder.glob(pattern) if path.stem.isdecimal()]
    return sorted(ours, key=lambda path: int(path.stem))


def _text(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
