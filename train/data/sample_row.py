"""One face of a shard: what its list says of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from face_detect.box import Box


@dataclass(frozen=True, kw_only=True)
class SampleRow:
    """A line of the list beside a shard; in the shard itself the same, but for where it lies."""

    key: str
    """The name of its files in the shard, before the ending."""
    name: str
    """As the dataset names the picture."""
    labels: Mapping[str, str]
    subject: str | None
    split: str | None
    box: Box | None
    """In the face's own pixels, with the detector's score, which is 0 where the box is the
    dataset's. None where the whole picture is the face."""
    box_of: str | None
    """Who found it: "detector" or "data"."""
    faces: int
    """How many were seen in the picture."""
    shrunk: float
    """How many of the picture's pixels, each way, one of its own stands for."""
    offset: int = 0
    """Where its JPEG begins in the shard."""
    size: int = 0
    """How many bytes it has."""
    crc32: int = 0

    def about(self) -> dict[str, Any]:
        """What the shard says of it."""
        box = self.box
        return {
            "key": self.key,
            "name": self.name,
            "labels": dict(sorted(self.labels.items())),
            "subject": self.subject,
            "split": self.split,
            "box": box and [round(each, 3) for each in (box.x, box.y, box.width, box.height)],
            "score": box and round(box.score, 5),
            "box_of": self.box_of,
            "faces": self.faces,
            "shrunk": round(self.shrunk, 5),
        }

    def listed(self) -> dict[str, Any]:
        """What the list says of it."""
        place = {"offset": self.offset, "size": self.size, "crc32": self.crc32}
        return self.about() | place


def read_row(document: Mapping[str, Any]) -> SampleRow:
    """From what the list says; a KeyError, TypeError or ValueError where it says something else."""
    fields = dict(document)
    score = fields.pop("score")
    if fields["box"] is not None:
        x, y, width, height = fields["box"]
        fields["box"] = Box(x=x, y=y, width=width, height=height, score=score)
    return SampleRow(**fields)


def as_line(document: Mapping[str, Any]) -> bytes:
    """One line of JSON; equal documents give equal bytes."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"
