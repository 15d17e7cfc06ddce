"""TensorFlow's start, which is slow and talks about the machine before it can be told not to."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator


def import_tensorflow() -> None:
    """Import what the converters need; Python's own errors still come through."""
    with _without_native_stderr():
        import onnx2tf  # noqa: F401
        import tensorflow  # noqa: F401


@contextlib.contextmanager
def _without_native_stderr() -> Iterator[None]:
    """Its libraries write to the file descriptor, past Python's `sys.stderr`."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
