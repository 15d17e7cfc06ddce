"""One export after the other in one process, for those who interrupt it or fill its disk.

TensorFlow takes seconds to import, so they share it; and what comes before the step that is looked
at is done once and copied from then on.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import export.pipeline as pipeline
from export import __main__ as command
from export.convert import Converted, convert
from export.crops import parity_crops
from export.options import Options
from export.prove_detector import DetectorProof, prove_detector
from export.report import Report
from export.source import Source
from export.stages import Clock, Watch
from face_detect.crop import Pixels

CONVERTING = ("onnx", "tensorflow", "graph", "narrow")
_PAUSE_S = 0.5
T = TypeVar("T", Converted, DetectorProof)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Job:
    """An export, and what happens to it."""

    arguments: Sequence[str]
    step: str = ""
    """Whose beginning is told."""
    pause: bool = False
    """Whether it waits a moment then: some steps take less time than a signal does."""
    limit_bytes: int = 0
    """Files grow no larger from that step on, or from the beginning where none is named; then
    nothing is copied from an export before."""


class Worker:
    """Does what it is asked for, line by line, and says how each ended."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._done: dict[str, Any] = {}
        self._export = pipeline.export

    def serve(self) -> None:
        """Until there is nothing more to do."""
        for line in sys.stdin:
            job = Job(**json.loads(line))
            with contextlib.redirect_stderr(io.StringIO()) as said:
                code = self._run(job)
            _tell(code=code, said=said.getvalue())

    def _run(self, job: Job) -> object:
        """The command's exit code."""

        def export(options: Options, watch: Watch) -> Report:
            def told(name: str, model: str) -> None:
                watch(name, model)
                if name == job.step:
                    _begun(job)

            return self._export(options, told)

        with (
            mock.patch.object(sys, "argv", ["export", *job.arguments]),
            mock.patch.object(pipeline, "export", export),
            self._copied(job.step) if job.step else contextlib.nullcontext(),
            _limited(0 if job.step else job.limit_bytes),
        ):
            try:
                command.main()
            except SystemExit as left:
                return left.code
        raise AssertionError("it always says how it ended")

    @contextlib.contextmanager
    def _copied(self, step: str) -> Iterator[None]:
        """What comes before a step is not what is looked at."""

        def crops(*given: Any) -> Pixels:
            if "crops" not in self._done:
                self._done["crops"] = parity_crops(*given)
            found: Pixels = self._done["crops"]
            return found

        def converted(source: Source, converter: str, folder: Path, clock: Clock) -> Converted:
            return self._once(folder, lambda: convert(source, converter, folder, clock))

        def detector(weights: Path, work: Path, *given: Any) -> DetectorProof:
            return self._once(work, lambda: prove_detector(weights, work, *given))

        with contextlib.ExitStack() as stack:
            stack.enter_context(mock.patch("export.pipeline.parity_crops", crops))
            if step not in CONVERTING:
                stack.enter_context(mock.patch("export.pipeline.convert", converted))
            if step != "detector":
                stack.enter_context(mock.patch("export.pipeline.prove_detector", detector))
            yield

    def _once(self, folder: Path, make: Callable[[], T]) -> T:
        """What `make` leaves in the folder."""
        kept = self._kept / folder.name
        if folder.name not in self._done:
            made = make()
            shutil.copytree(folder, kept)
            self._done[folder.name] = made
        else:
            shutil.copytree(kept, folder)
        done: T = self._done[folder.name]
        return _moved(done, folder)


def _moved(done: T, folder: Path) -> T:
    if isinstance(done, Converted):
        return dataclasses.replace(done, folder=folder)
    return dataclasses.replace(done, folder=folder / done.variant)


def _begun(job: Job) -> None:
    if job.limit_bytes:
        _limit(job.limit_bytes)
    else:
        _tell(begun=job.step)
        time.sleep(_PAUSE_S if job.pause else 0)


@contextlib.contextmanager
def _limited(limit_bytes: int) -> Iterator[None]:
    """From here on where there is a limit; in any case none is left behind the block."""
    if limit_bytes:
        _limit(limit_bytes)
    try:
        yield
    finally:
        _limit(None)


def _limit(limit_bytes: int | None) -> None:
    """The soft one, which may be raised again. Chromium keeps those that it was started with."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    soft = hard if limit_bytes is None else limit_bytes
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _tell(**words: object) -> None:
    print(json.dumps(words), file=sys.stdout, flush=True)  # noqa: T201


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kept-") as name:
        Worker(Path(name)).serve()
