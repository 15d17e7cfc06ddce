"""What pictures are compared by: a digest of their pixels, a perceptual hash, a thumbnail."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from train.data.record import Record

OnStep = Callable[[int, int], None]
THUMB_SIDE = 32
_LOW = 8
"""Frequencies per axis whose signs are the hash: 8 × 8 are 64 bits."""


@dataclass(frozen=True, kw_only=True)
class Prints:
    """Of many pictures, in their order."""

    exact: tuple[bytes, ...]
    """A digest of the decoded pixels."""
    hashes: npt.NDArray[np.uint64]
    """[N]: a bit for each low frequency, set if it is above the picture's median."""
    thumbs: Pixels
    """[N, pixels]: the picture made small and grey."""

    def __len__(self) -> int:
        return len(self.exact)

    def part(self, start: int, stop: int) -> Prints:
        """Of some of the pictures."""
        return Prints(
            exact=self.exact[start:stop],
            hashes=self.hashes[start:stop],
            thumbs=self.thumbs[start:stop],
        )


def take_prints(records: Sequence[Record], on_step: OnStep = lambda done, total: None) -> Prints:
    """Decode every picture once; one that cannot be read raises InputError (see `readable`)."""
    exact: list[bytes] = []
    thumbs = np.empty((len(records), THUMB_SIDE, THUMB_SIDE), np.uint8)
    for index, record in enumerate(records):
        picture = record.picture()
        exact.append(_digest(picture))
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
        thumbs[index] = cv2.resize(grey, (THUMB_SIDE, THUMB_SIDE), interpolation=cv2.INTER_AREA)
        on_step(index + 1, len(records))
    return Prints(
        exact=tuple(exact), hashes=_hashes(thumbs), thumbs=thumbs.reshape(-1, THUMB_SIDE**2)
    )


def _digest(picture: Pixels) -> bytes:
    content = f"{picture.shape}".encode() + picture.tobytes()
    return hashlib.blake2b(content, digest_size=16).digest()


def _hashes(thumbs: Pixels) -> npt.NDArray[np.uint64]:
    """The signs of the discrete cosine transform's low frequencies, without the mean."""
    place = np.arange(THUMB_SIDE)
    waves = np.cos(np.pi * np.outer(np.arange(_LOW + 1), place + 0.5) / THUMB_SIDE)
    found = waves.astype(np.float32) @ thumbs.astype(np.float32) @ waves.T.astype(np.float32)
    low = found[:, :_LOW, :_LOW].reshape(-1, _LOW**2).copy()
    low[:, 0] = found[:, 0, _LOW]
    bits = low > np.median(low, axis=1, keepdims=True)
    hashes: npt.NDArray[np.uint64] = np.packbits(bits, axis=1).view(np.uint64).reshape(-1)
    return hashes
