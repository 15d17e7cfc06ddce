"""How many faces of each label may be learned from, so that no label swallows the set."""

from __future__ import annotations

from collections.abc import Sequence

from face_detect.command import InputError
from train.thinned import EVERY, read_most

HALF, NONE = "half", "none"


def caps(text: str, labels: Sequence[str], sure: Sequence[int]) -> list[int]:
    """Most faces of each label, of which so many are sure.

    "half": no label is more than half of what is taken, so it has as many as all others together;
    "none"; or numbers: "500", "happy=300,sad=100".
    """
    every = sum(sure)
    if text == HALF:
        return [every - own for own in sure]
    if text == NONE:
        return [every] * len(labels)
    wanted = read_caps(text, labels)
    return [wanted.get(label, wanted.get(EVERY, every)) for label in labels]


def read_caps(text: str, labels: Sequence[str]) -> dict[str, int]:
    """The numbers of a cap that has some."""
    if text in (HALF, NONE):
        return {}
    try:
        wanted = read_most(text)
    except InputError as error:
        raise InputError(
            f"--cap {text}: is neither half, none, a number nor label=number,..."
        ) from error
    for label in wanted:
        if label != EVERY and label not in labels:
            raise InputError(f"--cap: {label!r} is not one of {', '.join(labels)}")
    return wanted
