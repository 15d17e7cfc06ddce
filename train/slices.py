"""Figures of parts of a dataset: by what is known of the people, and by the faces' size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.evaluate import Indices, evaluate
from train.wilson import wilson

Chosen = npt.NDArray[np.bool_]
Groups = list[tuple[str, str, Chosen]]
"""Attribute, value, and which pictures have it."""
FACE_EDGES_PX = (24, 32, 48, 64, 96, 128, 192, 256)
FACE_SIZE = "face size"


@dataclass(frozen=True, kw_only=True)
class Slice:
    """One value of one attribute."""

    attribute: str
    value: str
    pictures: int
    accuracy: float
    low: float
    """Wilson's 95% interval of the accuracy."""
    high: float
    macro_f1: float

    @property
    def counted(self) -> int:
        return self.pictures

    @property
    def share(self) -> float:
        return self.accuracy


def slices(
    predicted: Indices,
    truth: Indices,
    labels: Sequence[str],
    groups: Groups,
) -> tuple[Slice, ...]:
    """The figures of each group."""
    return tuple(
        _slice(attribute, value, predicted[chosen], truth[chosen], labels)
        for attribute, value, chosen in groups
    )


def attribute_groups(known: Sequence[Mapping[str, str]], without: str | None = None) -> Groups:
    """Every value of every attribute but `without`, and which records have it."""
    attributes = sorted({name for labels in known for name in labels} - {without})
    found = []
    for attribute in attributes:
        values = [labels.get(attribute) for labels in known]
        for value in sorted({value for value in values if value is not None}, key=_natural):
            found.append((attribute, value, np.array([item == value for item in values])))
    return found


def said_groups(attribute: str, labels: Sequence[str], said: Indices, found: Chosen) -> Groups:
    """By what a model says of the faces, where the data do not know better."""
    groups = [(attribute, label, (said == number) & found) for number, label in enumerate(labels)]
    return [group for group in groups if group[2].any()]


def size_groups(face_px: npt.NDArray[np.float64]) -> Groups:
    """Faces that were found, by the longer side of their box."""
    found = []
    for low, high in _ranges():
        chosen = (face_px >= max(low, 1e-9)) & (face_px < high)
        if chosen.any():
            name = f"{low}–{high:g} px" if np.isfinite(high) else f"from {low} px"
            found.append((FACE_SIZE, name, chosen))
    return found


def _ranges() -> Iterator[tuple[int, float]]:
    yield from zip((0, *FACE_EDGES_PX), (*FACE_EDGES_PX, np.inf), strict=True)


def _slice(
    attribute: str, value: str, predicted: Indices, truth: Indices, labels: Sequence[str]
) -> Slice:
    figures = evaluate(predicted, truth, labels)
    low, high = wilson(int((predicted == truth).sum()), len(truth))
    return Slice(
        attribute=attribute,
        value=value,
        pictures=len(truth),
        accuracy=figures.accuracy,
        low=low,
        high=high,
        macro_f1=figures.macro_f1,
    )


def _natural(value: str) -> tuple[int, str]:
    """ "3-9" before "10-19", and words after numbers."""
    digits = "".join(c for c in value.replace("-", " ").split(" ")[0] if c.isdigit())
    return (int(digits) if digits else 10**9, value)
