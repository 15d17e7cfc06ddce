"""How labels, parts and subjects are distributed; no picture is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from train.data.record import Record

NO_PART = "all"
_PARTS = ("train", "valid", "test", "private")
MOST_LABELS = 40
"""A head with more labels, such as an age in years, is told by its most frequent."""


@dataclass(frozen=True, kw_only=True)
class HeadCounts:
    """One head's labels, most frequent first, in every part."""

    head: str
    labels: tuple[str, ...]
    parts: tuple[str, ...]
    counts: dict[str, dict[str, int]]
    """Part to label to pictures."""
    unlabelled: int
    left_out: int
    """Labels beyond the most frequent."""

    def total(self, label: str) -> int:
        return sum(self.counts[part].get(label, 0) for part in self.parts)

    def of_part(self, part: str) -> int:
        return sum(self.counts[part].values())

    @property
    def most(self) -> int:
        return max((self.total(label) for label in self.labels), default=0)

    @property
    def imbalance(self) -> float:
        """The most frequent label's pictures to the rarest one's."""
        totals = [self.total(label) for label in self.labels]
        return max(totals) / min(totals) if totals else 1.0


@dataclass(frozen=True, kw_only=True)
class CrossTable:
    """How often each pair of two heads' labels comes together."""

    rows_head: str
    columns_head: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    def share(self, row: str, column: str) -> float:
        """Of the row."""
        whole = sum(self.counts.get((row, other), 0) for other in self.columns)
        return self.counts.get((row, column), 0) / whole if whole else 0.0


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """Who is in the pictures, where the dataset says."""

    count: int
    median_pictures: int
    most_pictures: int
    in_several_parts: int


def part_of(record: Record) -> str:
    return record.split or NO_PART


def parts_of(records: Iterable[Record]) -> tuple[str, ...]:
    """The parts that occur, training first."""
    found = {part_of(record) for record in records}
    known = [part for part in _PARTS if part in found]
    return (*known, *sorted(found - set(known)))


def heads_of(records: Iterable[Record]) -> tuple[str, ...]:
    """Heads by how many pictures have a label of theirs."""
    counts = Counter(head for record in records for head in record.labels)
    return tuple(head for head, _ in counts.most_common())


def count_head(records: Sequence[Record], head: str) -> HeadCounts:
    """One head's distribution."""
    parts = parts_of(records)
    counts: dict[str, Counter[str]] = {part: Counter() for part in parts}
    for record in records:
        if head in record.labels:
            counts[part_of(record)][record.labels[head]] += 1
    totals = sum(counts.values(), Counter[str]())
    labels = tuple(label for label, _ in totals.most_common(MOST_LABELS))
    return HeadCounts(
        head=head,
        labels=labels,
        parts=parts,
        counts={part: dict(counter) for part, counter in counts.items()},
        unlabelled=len(records) - totals.total(),
        left_out=len(totals) - len(labels),
    )


def cross(records: Sequence[Record], rows_head: str, columns_head: str) -> CrossTable:
    """Two heads beside each other, over the pictures that have both labels."""
    both = [
        (record.labels[rows_head], record.labels[columns_head])
        for record in records
        if rows_head in record.labels and columns_head in record.labels
    ]
    return CrossTable(
        rows_head=rows_head,
        columns_head=columns_head,
        rows=_frequent(row for row, _ in both),
        columns=_frequent(column for _, column in both),
        counts=dict(Counter(both)),
    )


def count_subjects(records: Sequence[Record]) -> Subjects | None:
    """None where no subject is known."""
    pictures = Counter(record.subject for record in records if record.subject is not None)
    if not pictures:
        return None
    places = {(r.subject, part_of(r)) for r in records if r.subject is not None}
    several = Counter(subject for subject, _ in places)
    amounts = sorted(pictures.values())
    return Subjects(
        count=len(pictures),
        median_pictures=amounts[len(amounts) // 2],
        most_pictures=amounts[-1],
        in_several_parts=sum(count > 1 for count in several.values()),
    )


def _frequent(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(label for label, _ in Counter(labels).most_common(MOST_LABELS))
