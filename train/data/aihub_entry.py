"""One entry of AI-Hub's lists: whose label counts, which box, and who it is."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeGuard

from face_detect.box import Box
from train.data.labels import AIHUB
from train.data.reading import Annotators

_CORNERS = ("minX", "minY", "maxX", "maxY")
_FAR_PX = 1_000_000
_GENDERS = {"남": "male", "여": "female"}


class EntryError(Exception):
    """An entry that gives no record, and why."""

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


def agreed_label(entry: Mapping[str, Any], rule: Annotators) -> str:
    """The emotion by the user's rule.

    "majority": of the annotators; where none has one, the uploader's. "unanimous": of all three
    annotators. "uploader", "A", "B" and "C": that person's.
    """
    uploader = _text(entry.get("faceExp_uploader"))
    votes = {letter: _text(_annotator(entry, letter).get("faceExp")) for letter in "ABC"}
    label = _chosen(uploader, votes, rule)
    if not label:
        everyone = ", ".join(f"{who} {vote or '-'}" for who, vote in votes.items())
        kind = "annotators disagree" if any(votes.values()) else "no label"
        raise EntryError(kind, f"{everyone}, uploader {uploader or '-'}")
    if label not in AIHUB:
        raise EntryError("label unknown", f"{label!r} is none of {', '.join(AIHUB)}")
    return label


def median_box(entry: Mapping[str, Any]) -> Box | None:
    """The median of the annotators' boxes, side by side; nothing if there are none."""
    boxes = [found for letter in "ABC" if (found := _annotator(entry, letter).get("boxes"))]
    corners = [edges for box in boxes if (edges := _edges(box))]
    if boxes and not corners:
        raise EntryError("box not understood", f"{boxes[0]!r}"[:120])
    if not corners:
        return None
    left, top, right, bottom = (statistics.median(edges) for edges in zip(*corners, strict=True))
    if right <= 0 or bottom <= 0:
        raise EntryError("box outside the picture", f"from {left:g}, {top:g}")
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def attributes(entry: Mapping[str, Any]) -> dict[str, str]:
    """Gender and age, where they are given in a known way."""
    found = {}
    if gender := _GENDERS.get(_text(entry.get("gender"))):
        found["gender"] = gender
    if age := re.match(r"[0-9]{1,3}(?![0-9])", _text(entry.get("age"))):
        found["age"] = age[0]
    return found


def _chosen(uploader: str, votes: Mapping[str, str], rule: Annotators) -> str:
    if rule == "uploader":
        return uploader
    if rule in ("A", "B", "C"):
        return votes[rule]
    counts = Counter(filter(None, votes.values())).most_common()
    if rule == "unanimous":
        return counts[0][0] if counts and counts[0][1] == len(votes) else ""
    won = counts and (len(counts) == 1 or counts[0][1] > counts[1][1])
    return counts[0][0] if won else uploader


def _annotator(entry: Mapping[str, Any], letter: str) -> Mapping[str, Any]:
    found = entry.get(f"annot_{letter}")
    return found if isinstance(found, dict) else {}


def _edges(box: object) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom, if they are numbers in that order."""
    if not isinstance(box, dict):
        return None
    edges = [edge for corner in _CORNERS if _is_number(edge := box.get(corner))]
    if len(edges) < len(_CORNERS):
        return None
    left, top, right, bottom = edges
    return (left, top, right, bottom) if left < right and top < bottom else None


def _is_number(value: object) -> TypeGuard[float]:
    """Whether it is one that a place in a picture can have; JSON's whole numbers have no end."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -_FAR_PX < value < _FAR_PX


def _text(value: object) -> str:
    return "" if value is None else unicodedata.normalize("NFC", str(value)).strip()
