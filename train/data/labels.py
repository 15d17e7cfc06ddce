"""Labels out of other labels: by a table, by age groups, by combining several heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

Labels = Mapping[str, str]


class LabelError(Exception):
    """A label that a rule does not know; the picture is reported and left out."""


class LabelRule(Protocol):
    """Gives a picture's labels anew, or raises LabelError."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The heads that it reads; on data where a picture has none of one it would do nothing."""

    def __call__(self, labels: Labels, /) -> Labels: ...


@dataclass(frozen=True, kw_only=True)
class LabelTable:
    """One head's labels, each under another name; a picture without that head stays as it is.

    A label that is not in the table is looked for in lower case.
    """

    names: Mapping[str, str]
    head: str = "emotion"

    def __call__(self, labels: Labels) -> Labels:
        label = labels.get(self.head)
        if label is None:
            return labels
        name = self.names.get(label, self.names.get(label.casefold()))
        if name is None:
            raise LabelError(f"{self.head} {label!r} is not in the table")
        return {**labels, self.head: name}

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.head,)


@dataclass(frozen=True, kw_only=True)
class AgeGroups:
    """Head "age group" out of an age in years: "<30", "30-59", ">=60"; a known one stays."""

    edges: tuple[int, ...] = (30, 60)
    source: str = "age"
    head: str = "age group"

    def __call__(self, labels: Labels) -> Labels:
        text = labels.get(self.source)
        if text is None or self.head in labels:
            return labels
        if not (text.isascii() and text.isdigit()):
            raise LabelError(f"{self.source} {text!r} is not a number of years")
        return {**labels, self.head: self._group(int(text))}

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source,)

    def _group(self, years: int) -> str:
        above = [edge for edge in self.edges if years >= edge]
        if not above:
            return f"<{self.edges[0]}"
        if len(above) == len(self.edges):
            return f">={self.edges[-1]}"
        return f"{above[-1]}-{self.edges[len(above)] - 1}"


@dataclass(frozen=True, kw_only=True)
class Combined:
    """One head out of several: "worn, male, <30" for mask × gender × age group.

    A known one stays.
    """

    parts: tuple[str, ...]
    head: str = "class"

    def __call__(self, labels: Labels) -> Labels:
        if self.head in labels:
            return labels
        missing = [part for part in self.parts if part not in labels]
        if missing:
            raise LabelError(f"no {' and no '.join(missing)} to make {self.head} of")
        return {**labels, self.head: ", ".join(labels[part] for part in self.parts)}

    @property
    def sources(self) -> tuple[str, ...]:
        """None that must be there at first: rules before it may make its parts."""
        return ()


@dataclass(frozen=True, kw_only=True)
class Relabel:
    """Several rules, one after the other, under the name that a user gives."""

    name: str
    rules: tuple[LabelRule, ...] = field(default=())

    def __call__(self, labels: Labels) -> Labels:
        for rule in self.rules:
            labels = rule(labels)
        return labels

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(source for rule in self.rules for source in rule.sources)


FER = {name: name for name in ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")}
"""FER2013's seven, in the order in which sorted folders give them."""

SYNONYMS = {
    "anger": "angry",
    "disgusted": "disgust",
    "fearful": "fear",
    "afraid": "fear",
    "happiness": "happy",
    "joy": "happy",
    "sadness": "sad",
    "surprised": "surprise",
}
"""Other datasets' words for them."""

AIHUB = {
    "기쁨": "happy",
    "당황": "surprise",  # flustered or embarrassed: the nearest of FER's, and no close match
    "분노": "angry",
    "불안": "fear",  # anxious
    "상처": "sad",  # hurt
    "슬픔": "sad",
    "중립": "neutral",
}
"""AI-Hub's seven as FER's. FER's disgust has no like there."""

SENTIMENT = {
    "angry": "negative",
    "disgust": "negative",
    "fear": "negative",
    "happy": "positive",
    "neutral": "neutral",
    "sad": "negative",
    "surprise": "neutral",  # may be either; people rate its valence near the middle
} | {name: {"기쁨": "positive", "중립": "neutral"}.get(name, "negative") for name in AIHUB}
"""Positive, neutral or negative out of either. AI-Hub's 당황 is unpleasant, so negative."""

NAMED: Mapping[str, Relabel] = {
    rule.name: rule
    for rule in (
        Relabel(name="fer", rules=(LabelTable(names=FER | SYNONYMS | AIHUB),)),
        Relabel(
            name="sentiment",
            rules=(LabelTable(names=SENTIMENT | {n: n for n in set(SENTIMENT.values())}),),
        ),
        Relabel(name="age-groups", rules=(AgeGroups(),)),
        Relabel(
            name="mask-18",
            rules=(AgeGroups(), Combined(parts=("mask", "gender", "age group"))),
        ),
    )
}
"""The rules that a user may choose by name; `read_labels` reads others from a file."""
