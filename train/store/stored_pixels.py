"""Crops that lie on disk, indexed as an array in memory is."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from face_detect.crop import Pixels

BLOCK = 1024
"""Pictures that are cut together: some megabytes."""
WINDOW = 2**30
"""Bytes of crops that an epoch mixes at a time: what should lie in memory at once."""
_OPEN = 256
"""Blocks that are mapped at once."""
Places = npt.NDArray[np.int64]


class StoredPixels:
    """Rows of some blocks, uint8 [N, S, S, C]; only what is asked for is read."""

    def __init__(self, blocks: Sequence[Path], block: Places, row: Places) -> None:
        self._blocks = tuple(blocks)
        self._block, self._row = block, row
        self._opened = functools.lru_cache(_OPEN)(self._open)

    def __len__(self) -> int:
        return len(self._row)

    @property
    def shape(self) -> tuple[int, ...]:
        """[N, S, S, C]."""
        return len(self), *self._opened(0).shape[1:]

    def __getitem__(self, places: Places | npt.NDArray[np.bool_]) -> Pixels:
        if places.dtype == np.bool_:
            places = places.nonzero()[0]
        block, row = self._block[places], self._row[places]
        found = np.empty((len(places), *self.shape[1:]), np.uint8)
        for number in np.unique(block):
            here = block == number
            found[here] = self._opened(int(number))[row[here]]
        return found

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> Pixels:
        return np.asarray(self[np.arange(len(self))], dtype)

    def near(
        self, order: Tensor, random: torch.Generator, window: int = WINDOW, block: int = BLOCK
    ) -> Tensor:
        """The same draws so that few blocks are needed at a time, which are others every epoch.

        Blocks lie as the dataset does, often by label; every window has one from each stretch of
        them. How the pictures do lie is not asked, for another run may have cut some of them in
        between, and the order has to be that of every process and of a run that goes on. What fits
        into one window stays as it was drawn.
        """
        count = -(-int(np.prod(self.shape)) // window)
        if count <= 1:
            return order
        stretches = -(-len(self) // (block * count))
        shuffled = [torch.randperm(count, generator=random) for _ in range(stretches)]
        return order[torch.cat(shuffled)[order // block].argsort(stable=True)]

    def _open(self, number: int) -> Pixels:
        return np.asarray(np.load(self._blocks[number], mmap_mode="r"))
