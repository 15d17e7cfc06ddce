"""Cut the faces of a dataset out, once, into shards that every command reads as data."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_detect.command import InputError
from face_detect.swap import refuse_strangers
from train.crops import AskedFraming, resolve_framing
from train.data.dataset import Dataset
from train.data.record import Record
from train.data.shard_index import INDEX, is_index, read_index
from train.lock import LOCK
from train.prepare.cut_portion import cut_portion
from train.prepare.cutting import Cutting
from train.prepare.engine import Engine
from train.prepare.index_document import index_document
from train.prepare.join_parts import Joiner
from train.prepare.options import PrepareOptions
from train.prepare.plan import plan_of, refuse_other
from train.prepare.portion import Note, Portion
from train.prepare.shard_order import shard_order
from train.prepare.split_once import Split, split_once
from train.prepare.unfinished import Unfinished, alone_in
from train.prepare.write_notes import SHEET, TABLE, notes_sheet, notes_table
from train.prepare.write_whole import write_whole

_MB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Step:
    """How far the work is, in pictures."""

    done: int
    total: int
    faces: int
    left_out: int


OnStep = Callable[[Step], None]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What is in the folder now."""

    document: dict[str, Any]
    """The index."""
    was_there: bool
    """Whether an earlier run had finished it."""


def prepare(
    dataset: Dataset,
    data: Path,
    out: Path,
    options: PrepareOptions,
    engine: Engine,
    *,
    framing: AskedFraming = "auto",
    on_step: OnStep = lambda step: None,
) -> Prepared:
    """Write shards, lists and index into `out`; the index comes last, when all is there.

    `data` is where the dataset lies. Ended at any moment and started again, it goes on from what
    lies in `out`, and comes to the same bytes, whoever the engine gives the work to.
    """
    _check_places(data, out)
    cutting = _cutting(dataset, options, framing)
    dataset = dataclasses.replace(
        dataset, records=tuple(sorted(dataset.records, key=lambda record: record.name))
    )
    plan = json.loads(json.dumps(plan_of(dataset, data, cutting, options)))
    with alone_in(out):
        work = Unfinished(out)
        if (out / INDEX).exists():
            document = dict(read_index(out).document)
            refuse_other(out, document, plan)
            work.end()
            return Prepared(document=document, was_there=True)
        work.begin(plan)
        split = split_once(dataset.records, options)
        _cut_all(work, split.records, cutting, options, engine, on_step)
        document = _finish(work, plan, dataset, cutting, split, options)
        work.end()
    return Prepared(document=document, was_there=False)


def _check_places(data: Path, out: Path) -> None:
    if data.resolve() in (out.resolve(), *out.resolve().parents):
        raise InputError(f"{out}: lies in {data}, and would be read as a part of it")
    refuse_strangers(out, _is_ours)


def _is_ours(out: Path) -> bool:
    return is_index(out) or {path.name for path in out.iterdir()} <= {LOCK}


def _cutting(dataset: Dataset, options: PrepareOptions, asked: AskedFraming) -> Cutting:
    if dataset.format == "shards":
        raise InputError(f"{dataset.name}: holds faces that are prepared already")
    return Cutting(
        framing=resolve_framing(asked, dataset, options.crop),
        crop=options.crop,
        boxes=options.boxes,
        size=options.size,
        margin=options.margin,
        quality=options.quality,
    )


def _cut_all(
    work: Unfinished,
    records: Sequence[Record],
    cutting: Cutting,
    options: PrepareOptions,
    engine: Engine,
    on_step: OnStep,
) -> None:
    """Every portion that is not done yet, and every shard as soon as its parts are there."""
    order = shard_order(-(-len(records) // options.portion), options.seed)
    joiner = Joiner(work, order, options.shard_mb * _MB)
    joiner.join()
    waiting = work.waiting()
    missing = [number for number in order[joiner.joined :] if number not in waiting]
    count = _Count(work, len(records), on_step)

    def portions() -> Iterator[Portion]:
        for number in missing:
            first = number * options.portion
            own = tuple(records[first : first + options.portion])
            yield Portion(number=number, first=first, records=own, cutting=cutting)

    with contextlib.closing(engine.run(cut_portion, portions())) as parts:
        for part in parts:
            work.keep(part)
            joiner.join()
            count.add(len(part.rows), sum(not note.taken for note in part.notes))


class _Count:
    """Of faces and of what was left out, from the first run on."""

    def __init__(self, work: Unfinished, total: int, on_step: OnStep) -> None:
        self._total, self._on_step = total, on_step
        self._faces = self._left_out = 0
        for shard in work.joined():
            self._take(sum(shard["parts"].values()), shard["notes"])
        for number in work.waiting():
            if part := work.part(number):
                self._take(len(part.document["rows"]), part.document["notes"])
        self.add(0, 0)

    def _take(self, faces: int, notes: Sequence[dict[str, Any]]) -> None:
        self._faces += faces
        self._left_out += sum(not note["taken"] for note in notes)

    def add(self, faces: int, left_out: int) -> None:
        self._faces += faces
        self._left_out += left_out
        done = self._faces + self._left_out
        self._on_step(
            Step(done=done, total=self._total, faces=self._faces, left_out=self._left_out)
        )


def _finish(
    work: Unfinished,
    plan: dict[str, Any],
    dataset: Dataset,
    cutting: Cutting,
    split: Split,
    options: PrepareOptions,
) -> dict[str, Any]:
    """The notes, and last of all the index."""
    notes = _notes(work, dataset)
    document = index_document(plan, cutting, split, work.joined(), notes)
    if not document["samples"]:
        work.end()
        reasons = ", ".join(f"{count} × {kind}" for kind, count in document["left_out"].items())
        raise InputError(f"{dataset.name}: no picture gave a face: {reasons}")
    sheet = notes_sheet(
        notes, dataset.name, cutting, options.seed, lambda note: _picture(note, dataset)
    )
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    for name, content in ((TABLE, notes_table(notes)), (SHEET, sheet), (INDEX, text.encode())):
        write_whole(work.folder, work.out / name, content)
    return document


def _notes(work: Unfinished, dataset: Dataset) -> list[Note]:
    """First what the reader had to leave out, then every picture in its order."""
    cut = [Note(**note) for shard in work.joined() for note in shard["notes"]]
    return [
        *(
            Note(place=-1 - i, name=each.name, kind=each.kind, detail=each.detail, taken=False)
            for i, each in enumerate(dataset.problems)
        ),
        *sorted(cut, key=lambda note: note.place),
    ]


def _picture(note: Note, dataset: Dataset) -> Record | None:
    if note.place >= 0:
        return dataset.records[note.place]
    problem = dataset.problems[-1 - note.place]
    return Record(name=problem.name, labels={}, read=problem.read) if problem.read else None
