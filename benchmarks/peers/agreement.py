"""Whether contestants did the same work: nobody is fast by not working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from benchmarks.outcome import Outcome
from benchmarks.shots import Shot, is_found
from export.drift import relative

_LETTERS = 3
"""By so many all label sets tell their emotions apart: "fea" is fear and fearful."""


def agreements(
    shots: Sequence[Shot], outcomes: Mapping[str, Sequence[Outcome]]
) -> dict[str, dict[str, float]]:
    """Of each two contestants: how their boxes and classes agree, where both found the face."""
    told: dict[str, dict[str, float]] = {}
    for one, other in combinations(outcomes, 2):
        pairs = [
            (mine, theirs)
            for shot, mine, theirs in zip(shots, outcomes[one], outcomes[other], strict=True)
            if is_found(shot, mine.box) and is_found(shot, theirs.box)
        ]
        if pairs:
            told[f"{one} and {other}"] = {**boxes_agree(pairs), **_classes_agree(pairs)}
    return told


def boxes_agree(pairs: Sequence[tuple[Outcome, Outcome]]) -> dict[str, float]:
    """Intersection over union: its median, and how often it is 0.9 or more."""
    overlaps = [mine.box.iou(theirs.box) for mine, theirs in pairs if mine.box and theirs.box]
    return {
        "frames": len(overlaps),
        "iou_median": float(np.median(overlaps)),
        "iou_90_share": float(np.mean([overlap >= 0.9 for overlap in overlaps])),
    }


def outputs_apart(one: Sequence[Outcome], other: Sequence[Outcome]) -> float:
    """The largest difference of two runtimes' outputs, relative to the largest output."""
    return relative(
        np.array([outcome.values for outcome in one]),
        np.array([outcome.values for outcome in other]),
    )


def _classes_agree(pairs: Sequence[tuple[Outcome, Outcome]]) -> dict[str, float]:
    labels = [(mine.label, theirs.label) for mine, theirs in pairs]
    same = [one[:_LETTERS] == other[:_LETTERS] for one, other in labels if one and other]
    return {"same_class_share": float(np.mean(same))} if same else {}
