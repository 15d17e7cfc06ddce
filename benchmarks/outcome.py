"""What a page of ours tells of each frame that it has read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from face_detect.box import Box


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One contestant and one frame, or one input."""

    ms: float
    box: Box | None = None
    """Of the leading face, where one was found."""
    label: str | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds of what the contestant tells of: capture, transfer, detect and so on."""
    whole: int = 0
    """How often the detector looked at the whole frame, ..."""
    near: int = 0
    """... and at a square of it."""
    reused: int = 0
    tensors: int = 0
    values: tuple[float, ...] = ()
    """A net's raw output."""


def read_outcome(told: Mapping[str, Any]) -> Outcome:
    """As `contestant.ts` declares it."""
    box, looks = told.get("box"), told.get("looks") or {}
    return Outcome(
        ms=told["ms"],
        box=Box(**{name: box[name] for name in ("x", "y", "width", "height", "score")})
        if box
        else None,
        label=told.get("label"),
        stages=told.get("stages", {}),
        whole=looks.get("whole", 0),
        near=looks.get("near", 0),
        reused=told.get("reused", 0),
        tensors=told.get("tensors", 0),
        values=tuple(told.get("values", ())),
    )
