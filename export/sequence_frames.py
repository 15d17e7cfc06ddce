"""Frames by which a sequence head is proven: faces that change, go, come, and pause."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from export.drift import Outputs
from train.contract import Sequence
from train.sequence.follow import Follower
from train.sequence.sequence_head import SequenceHead

FRAMES = 300
_FACE = 70
"""So many frames of a face until another comes; two are there at a time, in turns."""
_PAUSES = (40, 180)
_BACK = 250
"""Where a clip's viewer jumps back."""
_SEED = 7


@dataclass(frozen=True, kw_only=True)
class SequenceFrames:
    """The model's answers, and what the head itself makes of them."""

    faces: list[int]
    times_ms: list[float]
    said: npt.NDArray[np.float32]
    """[frames, labels]."""
    rows: npt.NDArray[np.float32]
    """What the step was given each time [frames, columns]."""
    states: Outputs
    """What came out [frames, states]; the first columns are the answer."""

    def write(self, path: Path) -> None:
        """As the harness reads them."""
        document = {"faces": self.faces, "times_ms": self.times_ms, "said": self.said.tolist()}
        path.write_text(json.dumps(document), encoding="utf-8")


def sequence_frames(head: SequenceHead, described: Sequence) -> SequenceFrames:
    """Ask the head in Python."""
    random = np.random.default_rng(_SEED)
    faces = [2 * (frame // 2 // _FACE) + frame % 2 for frame in range(FRAMES)]
    times_ms = _times_ms(random)
    said = _said(head.labels, random)
    followers: dict[int, Follower] = {}
    rows, states = [], []
    for face, time_ms, answer in zip(faces, times_ms, said.tolist(), strict=True):
        follower = followers.setdefault(face, Follower(head, described))
        follower.next(answer, time_ms)
        rows.append(follower.row)
        states.append(follower.states)
    return SequenceFrames(
        faces=faces,
        times_ms=times_ms,
        said=said,
        rows=np.stack(rows),
        states=np.stack(states),
    )


def _times_ms(random: np.random.Generator) -> list[float]:
    gaps = random.choice([16.0, 17.0, 33.0, 62.0], FRAMES)
    gaps[list(_PAUSES)] = 2000.0
    gaps[_BACK] = -1500.0
    return [float(time) for time in np.cumsum(gaps)]


def _said(labels: int, random: np.random.Generator) -> npt.NDArray[np.float32]:
    """A wavering favourite, now and then another."""
    logits = random.standard_normal((FRAMES, labels))
    favourites = np.repeat(random.integers(0, labels, FRAMES // 15), 15)
    logits[np.arange(FRAMES), favourites] += 2.0
    powers = np.exp(logits)
    said: npt.NDArray[np.float32] = (powers / powers.sum(1, keepdims=True)).astype(np.float32)
    return said
