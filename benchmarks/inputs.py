"""The frames that a benchmark runs on: pictures, or moments of a clip."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from face_detect.command import InputError
from face_detect.crop import Pixels
from face_detect.media import read_frames, read_picture

MOST = 16
"""Distinct frames to hold; each is megabytes of float32 in the browser."""


def read_inputs(pictures: Sequence[Path], clip: Path | None = None) -> list[Pixels]:
    """Up to 16 RGB frames; a clip gives its first ones, half a second apart at 30 a second."""
    if clip is not None:
        return [frame.rgb for frame in islice(read_frames(clip, every=15), MOST)]
    if not pictures:
        raise InputError("no picture to measure on; name some, or a clip")
    return [read_picture(path) for path in pictures[:MOST]]
