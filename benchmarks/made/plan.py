"""What each picture of a made set shows, by its number and the seed alone.

Whatever the portion, a picture is the same; so portions that are made one after the other are
together what one run would have made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

import numpy as np

from train.data.labels import AIHUB

EMOTIONS = tuple(AIHUB)
TAKES = 2 * len(EMOTIONS)
"""Pictures of one person: each emotion twice."""
LEAST = 2 * TAKES
"""Pictures of a set: somebody in each part, and every kind of wrong entry once."""
PLACES = ("숙박&거주공간", "실외&자연환경", "도시환경", "상업시설&점포")
GENDERS = ("여", "남")
Form = Literal["NFC", "NFD"]
Wrong = Literal[
    "truncated",
    "no face",
    "several faces",
    "picture missing",
    "no label",
    "annotators disagree",
    "box outside",
]
WRONG: tuple[Wrong, ...] = get_args(Wrong)
_EVERY = 8
"""One person in so many is for validation."""
_BEGUN = datetime(2020, 6, 1, 9)
_APART = timedelta(seconds=37)


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One picture before it is made."""

    index: int
    """In the whole set."""
    subject: int
    valid: bool
    """Whether it is for validation."""
    rank: int
    """The how manyeth person of its part."""
    take: int
    emotion: int
    name: str
    """As AI-Hub names its files, in composed Unicode."""
    gender: str
    age: int
    place: str
    wrong: Wrong | None


def plan(pictures: int, seed: int, share: float, indices: range) -> Iterator[Planned]:
    """Those pictures of a set of so many, in order."""
    wrong = _wrong(pictures, seed, share)
    for index in indices:
        subject, take = divmod(index, TAKES)
        yield _planned(index, subject, take, seed, wrong)


def portion_of(pictures: int, portion: int, portions: int) -> range:
    """Its pictures; a person's all lie in one portion."""
    people = -(-pictures // TAKES)
    first, stop = (people * part // portions for part in (portion - 1, portion))
    return range(first * TAKES, min(pictures, stop * TAKES))


def _planned(index: int, subject: int, take: int, seed: int, wrong: Mapping[int, Wrong]) -> Planned:
    valid = subject % _EVERY == 1
    random = np.random.default_rng((seed, 1, subject))
    gender, age = GENDERS[random.integers(2)], int(random.integers(10, 70))
    emotion = take % len(EMOTIONS)
    place = PLACES[(subject + take) % len(PLACES)]
    person = hashlib.sha256(f"{seed}/{subject}".encode()).hexdigest()[:32]
    taken = (_BEGUN + index * _APART).strftime("%Y%m%d%H%M%S")
    return Planned(
        index=index,
        subject=subject,
        valid=valid,
        rank=subject // _EVERY if valid else subject - (subject + _EVERY - 2) // _EVERY,
        take=take,
        emotion=emotion,
        name=f"{person}_{gender}_{age}_{EMOTIONS[emotion]}_{place}_{taken}-001-{take + 1:03}.jpg",
        gender=gender,
        age=age,
        place=place,
        wrong=wrong.get(index),
    )


def _wrong(pictures: int, seed: int, share: float) -> dict[int, Wrong]:
    """Which are wrong, and how: each way equally often, and at least once."""
    each = max(1, round(pictures * share / len(WRONG)))
    random = np.random.default_rng((seed, 2))
    places = random.choice(pictures, min(each * len(WRONG), pictures), replace=False)
    return {int(place): WRONG[i % len(WRONG)] for i, place in enumerate(places)}
