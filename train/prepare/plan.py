"""What is to be prepared, in words that a later run can be held to."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from face_detect.command import InputError
from train.data.dataset import Dataset
from train.data.files import list_files
from train.data.record import Record
from train.data.shard_index import VERSION, WRITER
from train.prepare.cutting import Cutting
from train.prepare.made_with import made_with
from train.prepare.options import PrepareOptions

_WHAT = {
    "pictures": "how many pictures",
    "names": "the pictures' names",
    "labels": "their labels, people or parts",
    "boxes": "their boxes",
    "problems": "what could not be read",
    "sizes": "the files' sizes",
    "format": "the reader",
    "name": "their name",
}


def plan_of(
    dataset: Dataset, data: Path, cutting: Cutting, options: PrepareOptions
) -> dict[str, Any]:
    """All that decides the bytes: equal plans give equal shards."""
    chosen = dataclasses.asdict(options)
    return {
        "writer": WRITER,
        "version": VERSION,
        "data": {
            "name": dataset.name,
            "format": dataset.format,
            "framing": cutting.framing,
            **_digests(dataset.records),
            "problems": _digest(f"{each.name}\0{each.kind}" for each in dataset.problems),
            "sizes": _digest(_sizes(data)),
        },
        "crop": chosen.pop("crop"),
        "options": chosen,
        "made_with": made_with(),
    }


def refuse_other(out: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Complain if a folder was begun by another plan, and say what differs."""
    differing = [*_differences(before, now)]
    if differing:
        raise InputError(
            f"{out}: was begun otherwise: {'; '.join(differing)}; name another folder, or remove it"
            " to begin anew"
        )


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[str]:
    for key, value in now["options"].items():
        if (was := before.get("options", {}).get(key)) != value:
            yield f"--{key.replace('_', '-')} was {was}, is {value}"
    if before.get("crop") != now["crop"]:
        yield "its faces were framed by another contract"
    for key, value in now["data"].items():
        if (was := before.get("data", {}).get(key)) != value:
            if key == "framing":
                yield f"its pictures were taken as {was}s, now as {value}s"
            else:
                yield f"the data differ in {_WHAT[key]}"
    for key, value in now["made_with"].items():
        if (was := before.get("made_with", {}).get(key)) != value:
            yield f"{key} was {was}, is {value}"
    if before.get("version") != now["version"]:
        yield f"the format was {before.get('version')}, is {now['version']}"


def _digests(records: Sequence[Record]) -> dict[str, Any]:
    return {
        "pictures": len(records),
        "names": _digest(record.name for record in records),
        "labels": _digest(
            f"{sorted(record.labels.items())}\0{record.subject}\0{record.split}"
            for record in records
        ),
        "boxes": _digest(str(record.box) for record in records),
    }


def _digest(lines: Iterable[str]) -> str:
    found = hashlib.sha256()
    for line in lines:
        found.update(f"{line}\n".encode())
    return found.hexdigest()[:16]


def _sizes(data: Path) -> Iterable[str]:
    """Of every file; to read them all would take hours, and a copy has other dates."""
    if data.is_file():
        yield f"{data.stat().st_size}"
        return
    for file in list_files(data).all:
        size = file.path.stat().st_size if file.path and file.path.exists() else -1
        yield f"{file.name}\0{size}"
