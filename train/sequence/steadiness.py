"""How steady answers are while the truth stays, and how soon they follow when it changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.sequence.make_clips import Clips

SETTLED_S = 1.0
"""A change so soon after a switch is the switch; later ones are flicker."""


@dataclass(frozen=True, kw_only=True)
class Steadiness:
    """Means over all clips."""

    flicker_per_s: float
    """Changes of the answer a second, from SETTLED_S after a switch until the next."""
    delay_answers: float
    """Answers that go by after a switch until the first right one; of the stretches that the
    model's own answers mostly get right. One that never comes counts as the whole stretch."""
    delay_ms: float
    accuracy: float
    """Share of right answers."""
    uncertain: float
    """Share of answers below the contract's threshold, which is that of single stills: what eases
    probabilities lowers the highest of them near a switch. It does not look at which faces are
    unfamiliar."""
    apart: float
    """How far probabilities are from what the model says on average while the truth stays: half of
    all differences. An answer that is frozen neither flickers nor is near."""


def steadiness(
    clips: Clips, said: npt.NDArray[np.floating], *, uncertain_below: float
) -> Steadiness:
    """Judge probabilities [clips, answers, labels] for the clips' frames."""
    best = said.argmax(2)
    right = best == clips.truth
    told = clips.said.argmax(2) == clips.truth
    changes, seconds = 0, 0.0
    delays: list[tuple[int, float]] = []
    for row, part in _stretches(clips):
        own_s = clips.times_s[row, part] - clips.times_s[row, part.start]
        changes += int(np.count_nonzero(np.diff(best[row, part][own_s >= SETTLED_S])))
        seconds += max(0.0, float(own_s[-1]) - SETTLED_S)
        if part.start and told[row, part].mean() > 0.5:
            found = right[row, part]
            first = int(found.argmax()) if found.any() else len(found) - 1
            delays.append((first, float(own_s[first])))
    answers, waited_s = np.mean(delays, axis=0) if delays else (0.0, 0.0)
    return Steadiness(
        flicker_per_s=changes / max(seconds, 1e-9),
        delay_answers=float(answers),
        delay_ms=1000 * float(waited_s),
        accuracy=float(right.mean()),
        uncertain=float((said.max(2) < uncertain_below).mean()),
        apart=float(np.abs(said - clips.steady()).sum(2).mean() / 2),
    )


def _stretches(clips: Clips) -> Iterator[tuple[int, slice]]:
    """Each clip's row, and where a truth stays."""
    for row, stretch in enumerate(clips.stretch):
        edges = [0, *(np.flatnonzero(np.diff(stretch)) + 1).tolist(), len(stretch)]
        for start, end in itertools.pairwise(edges):
            yield row, slice(start, end)
