"""Everything that a look at a dataset tells, before anything is trained on it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from face_detect.command import InputError
from train.data.dataset import Dataset, Problem
from train.data.prints import take_prints
from train.data.record import Record
from train.explore.copies import Copies, find_copies
from train.explore.counts import (
    CrossTable,
    HeadCounts,
    Subjects,
    count_head,
    count_subjects,
    cross,
    heads_of,
)
from train.explore.features import features
from train.explore.look import Looks, look_at
from train.explore.neighbours import neighbours
from train.explore.odd import Odd, find_odd
from train.explore.suspects import Suspect, suspects_by_neighbours

OnStep = Callable[[str, int, int], None]
SHEET = 40


class SecondOpinion(Protocol):
    """A model that doubts labels."""

    @property
    def name(self) -> str: ...

    def suspects(
        self, dataset: Dataset, head: str, on_step: Callable[[int, int], None]
    ) -> tuple[Suspect, ...]: ...


@dataclass(frozen=True, kw_only=True)
class ExploreOptions:
    """How much is looked at, and at which labels."""

    head: str | None = None
    """The head whose labels are doubted and shown; otherwise the one that most pictures have."""
    most: int = 40_000
    """So many pictures at most are opened, drawn at random; labels are counted of all."""
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Exploration:
    """What was found. Places are rows of `looks`."""

    dataset: Dataset
    head: str | None
    heads: tuple[HeadCounts, ...]
    crosses: tuple[CrossTable, ...]
    subjects: Subjects | None
    looks: Looks
    copies: Copies
    suspects: tuple[Suspect, ...]
    doubted_by: str | None
    """The model's name; without one, neighbours doubted."""
    odd: Odd
    sheets: dict[str, tuple[int, ...]]
    """Some pictures of each label."""
    problems: tuple[Problem, ...]


def explore(
    dataset: Dataset,
    options: ExploreOptions,
    *,
    second_opinion: SecondOpinion | None = None,
    on_step: OnStep = lambda what, done, total: None,
) -> Exploration:
    """Count the labels, open the pictures, and look for what is wrong with either."""
    heads = heads_of(dataset.records)
    head = _chosen(dataset, heads, options.head)
    looks = look_at(_sampled(dataset.records, options), _named(on_step, "opening"))
    prints = take_prints(looks.records, _named(on_step, "duplicates"))
    near = neighbours(features(looks.views), _named(on_step, "neighbours"))
    good = dataclasses.replace(dataset, records=looks.records)
    if head is None:
        suspects: tuple[Suspect, ...] = ()
    elif second_opinion is None:
        suspects = suspects_by_neighbours(looks.records, head, near)
    else:
        suspects = second_opinion.suspects(good, head, _named(on_step, "model"))
    return Exploration(
        dataset=dataset,
        head=head,
        heads=tuple(count_head(dataset.records, each) for each in heads),
        crosses=tuple(cross(dataset.records, head, e) for e in heads if head and e != head),
        subjects=count_subjects(dataset.records),
        looks=looks,
        copies=find_copies(looks.records, prints, head),
        suspects=suspects,
        doubted_by=second_opinion.name if second_opinion else None,
        odd=find_odd(looks, near),
        sheets=_sheets(looks.records, head, options.seed),
        problems=(*dataset.problems, *looks.problems),
    )


def _chosen(dataset: Dataset, heads: Sequence[str], wanted: str | None) -> str | None:
    if not dataset.records:
        raise InputError(f"{dataset.name}: holds no pictures")
    if wanted is not None and wanted not in heads:
        raise InputError(
            f"{dataset.name}: has no labels {wanted!r}, only {', '.join(heads) or '-'}"
        )
    return wanted or next(iter(heads), None)


def _sampled(records: Sequence[Record], options: ExploreOptions) -> Sequence[Record]:
    order = np.random.default_rng(options.seed).permutation(len(records))[: options.most]
    return [records[i] for i in sorted(order.tolist())]


def _sheets(records: Sequence[Record], head: str | None, seed: int) -> dict[str, tuple[int, ...]]:
    """Drawn at random; without labels one sheet of everything."""
    places: dict[str, list[int]] = {}
    for place in np.random.default_rng(seed).permutation(len(records)).tolist():
        label = records[place].labels.get(head or "", "")
        if len(found := places.setdefault(label, [])) < SHEET:
            found.append(place)
    return {label: tuple(sorted(found)) for label, found in sorted(places.items())}


def _named(on_step: OnStep, what: str) -> Callable[[int, int], None]:
    return lambda done, total: on_step(what, done, total)
