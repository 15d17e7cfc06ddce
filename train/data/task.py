"""A task: the questions that a net answers, and how their labels follow from a dataset's."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from face_detect.command import InputError
from train.data.labels import LabelError, Labels
from train.data.values import Values

UNUSED = "-"
"""In place of a label: what the row is about is known, but no picture of it is used."""


class UncoveredError(LabelError, InputError):
    """A label that no row is about. Unless it is put right, the data are refused for it: a table
    with a gap is to be seen, not to lose pictures."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A row: the head has the label where each source has one of its values."""

    where: str
    """The file and the line, for messages."""
    head: str
    label: str
    sources: tuple[str, ...]
    values: tuple[Values, ...]

    def covers(self, labels: Sequence[str]) -> bool:
        """Whether it is about these labels of its sources."""
        return all(value.has(label) for value, label in zip(self.values, labels, strict=True))


@dataclass(frozen=True, kw_only=True)
class Question:
    """A head of the table with its labels in order and its rules."""

    name: str
    labels: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def where(self) -> str:
        return self.rules[0].where

    @property
    def source_sets(self) -> list[tuple[str, ...]]:
        """What the label may follow from, each once."""
        return list(dict.fromkeys(rule.sources for rule in self.rules))

    def spelled(self, label: str) -> str | None:
        """A label of the head's own, in its spelling."""
        if label in self.labels:
            return label
        return next((own for own in self.labels if own.casefold() == label.casefold()), None)


@dataclass(frozen=True, kw_only=True)
class Task:
    """A table of labels. It is a `LabelRule`, so it can be given wherever one is taken."""

    name: str
    text: str
    """The file's own, which a model keeps beside its weights."""
    table: Mapping[str, Question]
    """All of its heads, each after those that it follows from."""
    heads: tuple[str, ...]
    """Those that are asked."""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Of the table's heads those that are asked, and what they follow from."""
        found = set(self.heads)
        for question in reversed(list(self.table.values())):
            if question.name in found:
                found |= {source for each in question.source_sets for source in each}
        return {name: each for name, each in self.table.items() if name in found}

    @property
    def sources(self) -> tuple[str, ...]:
        """None that must be there: a picture may know any of the heads."""
        return ()

    def labels_of(self, head: str) -> tuple[str, ...]:
        return self.questions[head].labels

    def only(self, heads: Sequence[str]) -> Task:
        """The same table, asked about some of its heads, in the order given."""
        for head in heads:
            if head not in self.table:
                raise InputError(f"{self.name}: has no head {head!r}, only {list(self.table)}")
        if not heads or len(set(heads)) < len(heads):
            raise InputError(f"{self.name}: each head is asked about once, not {list(heads)}")
        return dataclasses.replace(self, heads=tuple(heads))

    def __call__(self, labels: Labels) -> Labels:
        """The picture's labels with those that follow; what it does not know it goes without."""
        found = dict(labels)
        for question in self.questions.values():
            _put(found, question, labels)
        return found

    def known(self, labels: Labels) -> str:
        """All that the table makes of labels, asked or not: "gender male, mask worn"."""
        found = dict(labels)
        for question in self.table.values():
            try:
                _put(found, question, labels)
            except UncoveredError:
                found.pop(question.name, None)
        return ", ".join(f"{head} {found[head]}" for head in self.table if head in found)

    def source_of(self, labels: Collection[str]) -> str | None:
        """Which source these labels, such as a dataset's folders, are of; None where of none."""
        counts = {
            source: sum(self._knows(source, label) for label in labels) for source in self._raw()
        }
        most = max(counts.values())
        best = [source for source, count in counts.items() if count == most]
        if most and len(best) > 1:
            both = " as well as of ".join(best)
            raise InputError(f"{self.name}: the labels {sorted(labels)} are of {both}")
        return best[0] if most else None

    def _raw(self) -> Iterator[str]:
        """What datasets may know by themselves."""
        rules = (rule for question in self.questions.values() for rule in question.rules)
        yield from sorted({source for rule in rules for source in rule.sources} | {*self.questions})

    def _knows(self, source: str, label: str) -> bool:
        own = self.questions.get(source)
        if own is not None and own.spelled(label):
            return True
        return any(
            rule.sources == (source,) and rule.covers((label,))
            for question in self.questions.values()
            for rule in question.rules
        )


def _put(found: dict[str, str], question: Question, given: Labels) -> None:
    """The head's label among those that were found, or nothing in its place."""
    label = _answer(question, given, found)
    if label is None:
        found.pop(question.name, None)
    else:
        found[question.name] = label


def _answer(question: Question, given: Labels, found: Mapping[str, str]) -> str | None:
    """The head's label; None where the picture says nothing of it."""
    own = given.get(question.name)
    if own is not None and (label := question.spelled(own)):
        return label
    asked: list[str] = []
    for sources in question.source_sets:
        # A head that follows from its own name follows from the dataset's label of that name.
        labels = [(given if s == question.name else found).get(s) for s in sources]
        known = [label for label in labels if label is not None]
        if len(known) < len(sources):
            continue
        for rule in question.rules:
            if rule.sources == sources and rule.covers(known):
                return None if rule.label == UNUSED else rule.label
        asked.append(
            " and ".join(f"{s} {label!r}" for s, label in zip(sources, known, strict=True))
        )
    if own is not None and (question.name,) not in question.source_sets and not asked:
        asked.append(f"{question.name} {own!r}")
    if asked:
        raise UncoveredError(
            f"{question.where}: no row of {question.name!r} from here on covers {', '.join(asked)}"
        )
    return None
