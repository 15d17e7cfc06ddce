"""What votes are worth: of one net that drops, and of several nets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.assess import answers
from train.calibration import Probabilities, calibration
from train.evaluate import Evaluation, Indices, evaluate
from train.wilson import wilson


@dataclass(frozen=True, kw_only=True)
class Member:
    """One net's calibrated probabilities for N pictures."""

    name: str
    single: Probabilities
    """[N, K], with dropout off."""
    votes: Probabilities
    """[P, N, K], with dropout on."""
    found: npt.NDArray[np.bool_]
    """In which pictures its detector finds a face."""
    drops: bool
    """Whether its passes differ."""

    def answer(self, passes: int) -> Probabilities:
        """The mean of so many passes; of none, the answer with dropout off."""
        return self.votes[:passes].mean(axis=0) if passes and self.drops else self.single


@dataclass(frozen=True, kw_only=True)
class Voted:
    """What one way of asking is worth."""

    who: tuple[str, ...]
    passes: int
    """Of each net; 0: asked once, with dropout off."""
    figures: Evaluation
    interval: tuple[float, float]
    """Wilson's 95% interval of the accuracy."""
    ece: float
    """Expected calibration error, of the faces that were found."""


def vote(
    members: Sequence[Member], truth: Indices, labels: Sequence[str], passes: Sequence[int]
) -> tuple[Voted, ...]:
    """Each net by itself and all of them together: single, then by their number of passes."""
    asked = (0, *sorted(set(passes) - {0}))
    return tuple(
        _voted(group, count, truth, labels)
        for group in _groups(members)
        for count in asked
        if not count or any(member.drops for member in group)
    )


def _groups(members: Sequence[Member]) -> Iterator[Sequence[Member]]:
    yield from ([member] for member in members)
    if len(members) > 1:
        yield members


def _voted(group: Sequence[Member], passes: int, truth: Indices, labels: Sequence[str]) -> Voted:
    seen = np.stack([member.found for member in group])
    weights = seen / np.maximum(seen.sum(axis=0), 1)
    said = sum(
        member.answer(passes) * weight[:, None]
        for member, weight in zip(group, weights, strict=True)
    )
    found = np.asarray(seen.any(axis=0))
    predicted = answers(np.asarray(said), found)
    return Voted(
        who=tuple(member.name for member in group),
        passes=passes,
        figures=evaluate(predicted, truth, labels),
        interval=wilson(int((predicted == truth).sum()), len(truth)),
        ece=calibration(np.asarray(said)[found], truth[found]).ece,
    )
