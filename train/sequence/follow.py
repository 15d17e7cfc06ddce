"""One face's answers through a head, as the page has it: `web/src/core/followed_sequence.ts`."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from train.contract import Sequence as Described
from train.sequence.sequence_head import SequenceHead

Row = npt.NDArray[np.float32]


class Follower:
    """A face's states; make a new one for a new face, or forget the old one."""

    def __init__(self, head: SequenceHead, described: Described) -> None:
        self._step, self._described = head.step().eval(), described
        self._labels = head.labels
        self._last_ms: float | None = None
        self.states: Row = np.zeros(head.labels + head.units, np.float32)
        self.row: Row = np.zeros(len(self.states) + head.labels + 1, np.float32)
        """What the step was given last."""

    @torch.inference_mode()
    def next(self, said: Sequence[float], time_ms: float) -> Row:
        """The answer at that time."""
        gap_s = math.nan if self._last_ms is None else (time_ms - self._last_ms) / 1000
        self._last_ms = time_ms
        if not 0 <= gap_s <= self._described.longest_gap_s:
            gap_s = 0.0
            self.states = np.zeros_like(self.states)
        self.row = np.array([*said, gap_s, *self.states], np.float32)
        self.states = self._step(torch.from_numpy(self.row)[None])[0].numpy()
        return self.states[: self._labels]

    def forget(self) -> None:
        """The next answer is a new face's."""
        self._last_ms = None
