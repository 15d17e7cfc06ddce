"""Whether an error says that memory was too small, in whose words ever."""

from __future__ import annotations

import torch

_WORDS = ("out of memory", "can't allocate memory", "not enough memory", "ALLOC_FAILED")


def out_of_memory(error: BaseException) -> bool:
    """CUDA and numpy have a kind of their own; torch on a CPU and on Apple's GPU has only words."""
    if error.__cause__ is not None and out_of_memory(error.__cause__):
        return True
    if isinstance(error, (MemoryError, torch.OutOfMemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(word in str(error) for word in _WORDS)
