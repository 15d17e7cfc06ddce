"""Pictures that come more than once, and those whose copies have another label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from train.data.duplicates import duplicate_groups
from train.data.prints import Prints
from train.data.record import Record
from train.explore.counts import part_of, parts_of

DROP = "drop"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Pictures that are one, by their places in the records that were looked at."""

    places: tuple[int, ...]
    exact: bool
    """All of them pixel for pixel; otherwise some only nearly."""
    labels: tuple[str | None, ...]

    @property
    def conflicting(self) -> bool:
        return len({label for label in self.labels if label is not None}) > 1

    def better(self) -> str:
        """The label that most of them have; nobody can say which of two that are as frequent."""
        (first, most), *rest = Counter(self.labels).most_common()
        return DROP if first is None or (rest and rest[0][1] == most) else first


@dataclass(frozen=True, kw_only=True)
class Copies:
    """Every group, larger ones first, and where the copies lie."""

    groups: tuple[Group, ...]
    surplus: int
    """Exact copies beyond the first of each."""
    between: dict[tuple[str, str], int]
    """How many pictures of the first part have a copy, exact or near, in the second."""

    @property
    def conflicting(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.conflicting)

    @property
    def exact(self) -> tuple[Group, ...]:
        return tuple(group for group in self.groups if group.exact)


def find_copies(records: Sequence[Record], prints: Prints, head: str | None) -> Copies:
    """Groups by the pictures' prints, with the labels of one head."""
    groups = [
        Group(
            places=tuple(places),
            exact=len({prints.exact[place] for place in places}) == 1,
            labels=tuple(records[place].labels.get(head or "") for place in places),
        )
        for places in duplicate_groups(prints)
    ]
    return Copies(
        groups=tuple(sorted(groups, key=lambda group: -len(group.places))),
        surplus=len(prints) - len(set(prints.exact)),
        between=_between(records, [group.places for group in groups]),
    )


def _between(
    records: Sequence[Record], groups: Sequence[Sequence[int]]
) -> dict[tuple[str, str], int]:
    between = {(a, b): 0 for a in parts_of(records) for b in parts_of(records)}
    for places in groups:
        parts = Counter(part_of(records[place]) for place in places)
        for part, count in parts.items():
            for other, others in parts.items():
                if part != other or others > 1:
                    between[part, other] += count
    return between
