"""A worker that keeps the memory of one picture for the next."""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_BYTES = 32 << 20
"""The most that every glibc takes, and more than a picture of 40 megapixels at half its size."""


def keep_memory() -> None:
    """Where the C library is glibc, which else gives every picture's megabytes back to the system
    and has them zeroed again for the next: a tenth of a worker's time."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_TRIM_THRESHOLD, 4 * _BYTES)
        mallopt(_MMAP_THRESHOLD, _BYTES)
