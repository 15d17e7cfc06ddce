"""Parts that follow one another, as one shard."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from face_detect.command import MachineError
from train.aside import put
from train.data.sample_row import as_line
from train.prepare.tar_file import END
from train.prepare.unfinished import KeptPart, Unfinished
from train.prepare.write_whole import write_in, write_whole

_HEX = 12
"""Of its SHA-256 that a shard's name has."""


class Joiner:
    """Shards in the order of `order`, whenever their parts come; each as large as may be."""

    def __init__(self, work: Unfinished, order: Sequence[int], most_bytes: int) -> None:
        self._work = work
        self._order = order
        self._most_bytes = most_bytes
        self._shards = 0
        self._next = 0
        for shard in work.joined():
            self._shards += 1
            self._next += len(shard["portions"])

    @property
    def joined(self) -> int:
        """How many portions are in shards."""
        return self._next

    def join(self) -> None:
        """Every shard of which all parts are there, and the next one, which shows that it is full;
        the last one when there is nothing more to come."""
        while parts := self._full_shard():
            document = join_parts(self._work, self._shards, parts)
            self._work.join(self._shards, document)
            self._shards += 1
            self._next += len(parts)

    def _full_shard(self) -> dict[int, KeptPart]:
        found: dict[int, KeptPart] = {}
        size = 0
        for number in self._order[self._next :]:
            part = self._work.part(number)
            if part is None:
                return {}
            if found and size + part.size > self._most_bytes:
                return found
            found[number] = part
            size += part.size
        return found


def join_parts(work: Unfinished, number: int, parts: Mapping[int, KeptPart]) -> dict[str, Any]:
    """Write the shard and its list, and say what is in them. Its name has its content's checksum,
    so that one that was written twice is one."""
    rows: list[dict[str, Any]] = []
    stem = None
    if any(part.size for part in parts.values()):
        with write_in(work.folder) as stream:
            found, size = hashlib.sha256(), 0
            for place, part in parts.items():
                rows += _moved(part.document["rows"], size)
                size += _append(stream, found, place, part, work)
            stream.write(END)
            found.update(END)
            stem = f"faces-{number:05}-{found.hexdigest()[:_HEX]}"
            tar = {"name": f"{stem}.tar", "size": size + len(END), "sha256": found.hexdigest()}
            put(stream, work.out / f"{stem}.tar")
    document: dict[str, Any] = {
        "portions": list(parts),
        "notes": [note for part in parts.values() for note in part.document["notes"]],
        **_counts(rows),
    }
    if stem is not None:
        listing = b"".join(map(as_line, rows))
        digest = hashlib.sha256(listing).hexdigest()
        write_whole(work.folder, work.out / f"{stem}.jsonl", listing)
        document["shard"] = {
            "tar": tar,
            "listing": {"name": f"{stem}.jsonl", "size": len(listing), "sha256": digest},
            "samples": len(rows),
        }
    return document


def _append(
    stream: IO[bytes], found: hashlib._Hash, number: int, part: KeptPart, work: Unfinished
) -> int:
    content = part.tar.read_bytes()
    if hashlib.sha256(content).hexdigest() != part.document["sha256"]:
        work.drop(number)
        raise MachineError(
            f"{part.tar}: was damaged on the disk and is taken out; the same command makes it anew"
        )
    stream.write(content)
    found.update(content)
    return len(content)


def _moved(rows: Iterable[dict[str, Any]], by: int) -> list[dict[str, Any]]:
    return [row | {"offset": row["offset"] + by} for row in rows]


def _counts(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Of labels by part and head, and of people by name."""
    labels: defaultdict[str, defaultdict[str, Counter[str]]]
    labels = defaultdict(lambda: defaultdict(Counter))
    parts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    where: dict[str, str | None] = {}
    boxes: Counter[str] = Counter()
    for row in rows:
        part = row["split"] or ""
        parts[part] += 1
        boxes[row["box_of"] or "none"] += 1
        for head, label in row["labels"].items():
            labels[part][head][label] += 1
        if row["subject"] is not None:
            people[row["subject"]] += 1
            where[row["subject"]] = row["split"] or where.get(row["subject"])
    return {
        "parts": parts,
        "labels": labels,
        "people": people,
        "where": where,
        "boxes": boxes,
    }
