"""The faces without labels, cut as the page cuts them, once for all rounds."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from face_detect.command import InputError
from face_detect.crop import Pixels
from train.aside import replacing
from train.contract import Contract
from train.crops import AskedFraming, crops_of, resolve_framing
from train.data.apart import apart
from train.data.dataset import Dataset
from train.data.file import UNREADABLE
from train.data.open_dataset import open_dataset
from train.data.readable import readable
from train.data.reading import Reading
from train.data.record import Record
from train.evaluate import Indices
from train.judge import truth_of
from train.records import fingerprint
from train.watch import Watch


@dataclass(frozen=True, kw_only=True)
class Unlabelled:
    """Where they come from."""

    data: Path
    framing: AskedFraming = "auto"
    reading: Reading = dataclasses.field(default_factory=Reading)
    most: int = 0
    """So many pictures, drawn by the seed; 0: all."""
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Faces:
    """In the order of their names' records."""

    names: tuple[str, ...]
    pixels: Pixels
    """RGB [N, S, S, 3]."""
    truth: Indices
    """Places of the labels that they have after all, −1 where none; nothing is learned from it."""
    left_out: dict[str, int]
    """How many pictures gave no face to learn from, by reason."""
    digest: str

    def __len__(self) -> int:
        return len(self.names)


def read_faces(
    wanted: Unlabelled,
    contract: Contract,
    judged: Sequence[Record],
    kept: Path,
    watch: Watch,
) -> Faces:
    """None shows someone or a picture that is judged by; `kept` holds them for the next time."""
    dataset = _drawn(open_dataset(wanted.data, reading=wanted.reading), wanted)
    key = fingerprint(
        {
            "pictures": _digest(dataset.records),
            "judged": _digest(judged),
            "input": contract.input,
            "crop": contract.crop,
            "labels": contract.heads[0].labels,
            "framing": (wanted.framing, dataset.framing),
        }
    )[:24]
    file = kept / f"faces-{key}.npz"
    faces = _read(file, key) if file.exists() else None
    if faces is None:
        watch.say(f"{wanted.data}: reading {len(dataset.records)} pictures")
        faces = _cut(dataset, wanted, contract, judged, key, watch)
        _write(file, faces)
    for reason, count in faces.left_out.items():
        watch.say(f"{wanted.data}: left out: {count} × {reason}")
    if not len(faces):
        raise InputError(f"{wanted.data}: holds no face to learn from")
    watch.say(f"{wanted.data}: {len(faces)} faces without labels")
    return faces


def _drawn(dataset: Dataset, wanted: Unlabelled) -> Dataset:
    if not wanted.most or wanted.most >= len(dataset.records):
        return dataset
    order = np.random.default_rng(wanted.seed).permutation(len(dataset.records))
    places = sorted(order[: wanted.most].tolist())
    return dataclasses.replace(dataset, records=tuple(dataset.records[i] for i in places))


def _cut(
    dataset: Dataset,
    wanted: Unlabelled,
    contract: Contract,
    judged: Sequence[Record],
    key: str,
    watch: Watch,
) -> Faces:
    left_out = Counter(dataset.problem_counts())
    dataset = readable(dataset, watch.on_step)
    left_out |= Counter(dataset.problem_counts())
    watch.say(f"{wanted.data}: looking for pictures that are judged by")
    found = apart(dataset.records, judged, on_step=watch.on_step)
    left_out += Counter({"someone who is judged by": found.of_people})
    left_out += Counter({"a copy of a picture that is judged by": found.copies})
    framing = resolve_framing(wanted.framing, dataset, contract.crop)
    watch.say(f"{wanted.data}: its pictures are taken as {framing}s")
    crops = crops_of(found.kept, contract, framing=framing, on_step=watch.on_step)
    left_out += Counter(problem.kind for problem in crops.problems)
    records = [record for record, yes in zip(found.kept, crops.found, strict=True) if yes]
    return Faces(
        names=tuple(record.name for record in records),
        pixels=crops.pixels[crops.found],
        truth=truth_of(tuple(records), contract.heads[0]),
        left_out=dict(left_out),
        digest=key,
    )


def _digest(records: Sequence[Record]) -> str:
    """Of names and contents; nothing is decoded."""
    found = hashlib.sha256()
    for record in records:
        found.update(f"{record.name}\0{sorted(record.labels.items())}\n".encode())
        try:
            found.update(record.read())
        except UNREADABLE:
            found.update(b"unreadable")
    return found.hexdigest()


def _read(file: Path, key: str) -> Faces:
    with np.load(file) as found:
        return Faces(
            names=tuple(found["names"].tolist()),
            pixels=found["pixels"],
            truth=found["truth"],
            left_out=json.loads(str(found["left_out"])),
            digest=key,
        )


def _write(file: Path, faces: Faces) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as stream:
        np.savez(
            stream,
            names=np.array(faces.names),
            pixels=faces.pixels,
            truth=faces.truth,
            left_out=np.array(json.dumps(faces.left_out)),
        )
