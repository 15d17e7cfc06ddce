"""What `index.json` says, out of what was noted of every shard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from train.prepare.cutting import Cutting
from train.prepare.portion import Note
from train.prepare.split_once import Split


def index_document(
    plan: Mapping[str, Any],
    cutting: Cutting,
    split: Split,
    shards: Iterable[Mapping[str, Any]],
    notes: Sequence[Note],
) -> dict[str, Any]:
    """Equal work gives an equal document: no date, no path, nothing of the machine."""
    found = _Totals()
    for shard in shards:
        found.add(shard)
    return {
        **{key: plan[key] for key in ("writer", "version", "data", "crop", "options", "made_with")},
        "framing": "cutout" if cutting.framing == "photo" else "crop",
        "samples": sum(found.parts.values()),
        "boxes": dict(sorted(found.boxes.items())),
        "left_out": _kinds(note for note in notes if not note.taken),
        "taken_with_a_doubt": _kinds(note for note in notes if note.taken),
        "labels": found.all_labels(),
        "parts": {
            "drawn_by_the_seed": split.drawn,
            "in_no_part_for_being_in_two": split.in_two,
            **{
                part or "none": {
                    "samples": found.parts[part],
                    "subjects": sum(where == (part or None) for where in found.where.values()),
                    "labels": _plain(found.labels[part]),
                }
                for part in sorted(found.parts)
            },
        },
        "subjects": {
            name: {"part": found.where[name], "samples": count}
            for name, count in sorted(found.people.items())
        },
        "shards": found.shards,
    }


class _Totals:
    """Over all shards."""

    def __init__(self) -> None:
        self.shards: list[Any] = []
        self.parts: Counter[str] = Counter()
        self.boxes: Counter[str] = Counter()
        self.people: Counter[str] = Counter()
        self.where: dict[str, str | None] = {}
        self.labels: defaultdict[str, defaultdict[str, Counter[str]]]
        self.labels = defaultdict(lambda: defaultdict(Counter))

    def add(self, shard: Mapping[str, Any]) -> None:
        if "shard" in shard:
            self.shards.append(shard["shard"])
        self.parts.update(shard["parts"])
        self.boxes.update(shard["boxes"])
        self.people.update(shard["people"])
        for name, part in shard["where"].items():
            self.where[name] = part or self.where.get(name)
        for part, heads in shard["labels"].items():
            for head, labels in heads.items():
                self.labels[part][head].update(labels)

    def all_labels(self) -> dict[str, dict[str, int]]:
        whole: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for heads in self.labels.values():
            for head, labels in heads.items():
                whole[head].update(labels)
        return _plain(whole)


def _plain(heads: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {head: dict(sorted(heads[head].items())) for head in sorted(heads)}


def _kinds(notes: Iterable[Note]) -> dict[str, int]:
    counts = Counter(note.kind for note in notes)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
