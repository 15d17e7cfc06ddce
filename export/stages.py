"""The export's steps in order: who watches is told, and each is timed."""

from __future__ import annotations

import contextlib
import errno
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from face_detect.command import FacecastError, MachineError

ONCE_BEFORE = ("read", "page", "browser")
PER_MODEL = ("onnx", "tensorflow", "graph", "narrow", "crops", "accuracy", "proof", "compare")
ONCE_AFTER = ("detector", "site", "report")
DESCRIPTIONS = {
    "read": "weights and contracts, checked",
    "page": "the page, built by Vite (kept while its sources stay the same)",
    "browser": "TensorFlow and, unless --unproven, Chromium, started side by side",
    "detector": "the face detector by the same road",
    "onnx": "torch to ONNX",
    "tensorflow": "ONNX to a TensorFlow SavedModel",
    "graph": "SavedModel to a TF.js graph, then its clean-up",
    "narrow": "the weights, narrowed and compressed to see their size",
    "crops": "the parity set and the net's own answers to it",
    "proof": "each link of the chain beside the net itself",
    "accuracy": "the net's own answers to labelled pictures (--data)",
    "compare": "the other converter's graph beside this one's (--compare)",
    "site": "page, models, manifest and compressed siblings; the library beside",
    "report": "what was measured",
}
_FULL = {
    errno.ENOSPC: "no space left",
    errno.EFBIG: "File too large",
    errno.EDQUOT: "quota exceeded",
}


@dataclass(frozen=True, kw_only=True)
class StageRecord:
    """What one step took."""

    name: str
    model: str
    seconds: float
    bytes: int | None


class Watch(Protocol):
    """Told when a step starts."""

    def __call__(self, name: str, model: str) -> None: ...


@dataclass
class Mark:
    """What a step may say about what it made."""

    bytes: int | None = None


class Clock:
    """Runs steps one after the other and remembers what each took."""

    def __init__(self, watch: Watch) -> None:
        self.records: list[StageRecord] = []
        self._watch = watch

    @contextlib.contextmanager
    def stage(self, name: str, model: str = "") -> Iterator[Mark]:
        """Time a step. A disk that is full is the machine's fault, whoever ran into it."""
        self._watch(name, model)
        mark, start = Mark(), time.perf_counter()
        try:
            yield mark
        except Exception as error:
            _raise_if_full(error, name)
            raise
        seconds = time.perf_counter() - start
        self.records.append(StageRecord(name=name, model=model, seconds=seconds, bytes=mark.bytes))


def stage_count(models: int, accuracy: bool, compare: bool) -> int:
    """How many steps an export has."""
    per_model = len(PER_MODEL) - (not accuracy) - (not compare)
    return len(ONCE_BEFORE) + models * per_model + len(ONCE_AFTER)


def _raise_if_full(error: BaseException, name: str) -> None:
    """Libraries wrap a failed write in errors of their own, and only the words are left; and some
    of those look like the fault of the input by the time they arrive here."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, MachineError):
        words = _words_for_full(cause)
        if words:
            raise MachineError(f"the disk is full ({words}) in the step {name!r}") from error
        cause = cause.__cause__ or cause.__context__


def _words_for_full(error: BaseException) -> str | None:
    if isinstance(error, OSError) and error.errno is not None:
        return _FULL.get(error.errno)
    if isinstance(error, OSError):  # numpy's, which only counts
        return str(error) if "requested and" in str(error) else None
    # The words of our own errors are about a user's file, whatever they happen to contain.
    said = "" if isinstance(error, FacecastError) else str(error).lower()
    return next((words for words in _FULL.values() if words.lower() in said), None)
