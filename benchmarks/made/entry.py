"""A made picture's entry in AI-Hub's lists: who is in it, and what three annotators saw."""

from __future__ import annotations

import unicodedata
from typing import Any

import numpy as np

from benchmarks.made.plan import EMOTIONS, Form, Planned
from face_detect.box import Box

_SHAKE = 0.03
"""How far the annotators' edges lie from the face's, in units of its box."""
_DISSENT = 0.1
"""Share of the pictures of which one annotator of three says something else."""


def entry_of(planned: Planned, box: Box, seed: int) -> dict[str, Any]:
    """As `train.data.aihub` reads it; names are composed in half of the entries."""
    random = np.random.default_rng((seed, 3, planned.index))
    emotion = EMOTIONS[planned.emotion]
    votes = [emotion] * 3
    others = [name for name in EMOTIONS if name != emotion]
    random.shuffle(others)
    if planned.wrong == "annotators disagree":
        votes, emotion = others[:3], ""
    elif random.random() < _DISSENT:
        votes[random.integers(3)] = others[0]
    form: Form = "NFD" if planned.index // 2 % 2 else "NFC"
    return {
        "filename": unicodedata.normalize(form, planned.name),
        "gender": planned.gender,
        "age": planned.age,
        "isProf": "일반인",
        "faceExp_uploader": emotion,
        "bg_uploader": planned.place,
    } | {
        f"annot_{letter}": {
            "boxes": _edges(box, random, outside=planned.wrong == "box outside"),
            "faceExp": vote,
            "bg": planned.place,
        }
        for letter, vote in zip("ABC", votes, strict=True)
    }


def missing_entry(planned: Planned, box: Box, seed: int) -> dict[str, Any]:
    """The same of a picture that is not there."""
    entry = entry_of(planned, box, seed)
    return entry | {"filename": entry["filename"].replace("-001-", "-002-")}


def _edges(box: Box, random: np.random.Generator, *, outside: bool) -> dict[str, float]:
    shake = random.uniform(-_SHAKE, _SHAKE, 4) * [box.width, box.height, box.width, box.height]
    # As if it were a much larger picture's.
    beyond = 100_000 if outside else 0
    edges = np.array([box.x, box.y, box.x + box.width, box.y + box.height]) + shake + beyond
    names = ("minX", "minY", "maxX", "maxY")
    return {name: round(float(edge), 3) for name, edge in zip(names, edges, strict=True)}
