"""How many faces of each label may be learned from, so that no label swallows the set."""

from __future__ import annotations

import math
from collections.abc import Sequence

from face_detect.command import InputError
from train.thinned import EVERY, read_most

LABELLED, NONE = "labelled", "none"


def caps(text: str, labels: Sequence[str], shares: Sequence[float], sure: int) -> list[int]:
    """Most faces of each label, where `sure` faces could be taken in all.

    "labelled": the label's share of the labelled part, of all that could be taken; "none"; or
    numbers: "500", "happy=300,sad=100".
    """
    if text == LABELLED:
        return [math.ceil(share * sure) for share in shares]
    if text == NONE:
        return [sure] * len(labels)
    wanted = read_caps(text, labels)
    return [wanted.get(label, wanted.get(EVERY, sure)) for label in labels]


def read_caps(text: str, labels: Sequence[str]) -> dict[str, int]:
    """The numbers of a cap that has some."""
    if text in (LABELLED, NONE):
        return {}
    try:
        wanted = read_most(text)
    except InputError as error:
        raise InputError(
            f"--cap {text}: is neither labelled, none, a number nor label=number,..."
        ) from error
    for label in wanted:
        if label != EVERY and label not in labels:
            raise InputError(f"--cap: {label!r} is not one of {', '.join(labels)}")
    return wanted
