"""What each step of an export takes: seconds, and the most memory while it ran.

The export itself tells when a step begins. Memory is that of this process and all that it started
(Vite, Chromium, a converter), looked at a few times a second.
"""

from __future__ import annotations

import dataclasses
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from benchmarks.looking import Looking
from benchmarks.memory import memory_bytes
from benchmarks.report.environment import this_environment
from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Watch
from export.options import Options
from export.stages import stage_count


@dataclass
class Stage:
    """One step, as it went."""

    name: str
    model: str
    begun_s: float
    seconds: float = 0.0
    peak_bytes: int = 0

    @property
    def title(self) -> str:
        return f"{self.model} · {self.name}" if self.model else self.name


@dataclass
class Stages(Looking):
    """Hears of each step's beginning; while the block runs it looks at memory again and again."""

    on_stage: Callable[[int], None] = lambda done: None
    stages: list[Stage] = field(default_factory=list)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_last()
        super().__exit__(kind, error, trace)

    def begin(self, name: str, model: str) -> None:
        """What an export calls; the step before has ended."""
        self._end_last()
        self.on_stage(len(self.stages))
        self.stages.append(Stage(name=name, model=model, begun_s=time.perf_counter()))
        self.look()

    def _end_last(self) -> None:
        if self.stages:
            self.look()
            last = self.stages[-1]
            last.seconds = time.perf_counter() - last.begun_s

    def look(self) -> None:
        """At the memory, which counts for the step that runs."""
        if self.stages:
            stage = self.stages[-1]
            stage.peak_bytes = max(stage.peak_bytes, memory_bytes(os.getpid()))


def measure_export(
    options: Options, on_step: Callable[[str, float], None] = lambda part, done: None
) -> Report:
    """Export once into a folder that is thrown away; `on_step` hears how many "stages" are done."""
    from export.pipeline import export

    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name, Watch() as watch:
        here = dataclasses.replace(options, out=Path(name) / "dist")
        with Stages(on_stage=lambda done: on_step("stages", done)) as seen:
            export(here, seen.begin)
    return export_report(seen.stages, watch)


def export_report(stages: list[Stage], watch: Watch) -> Report:
    """The whole, and each step."""
    return Report(
        benchmark="export",
        environment=this_environment(),
        validity=watch.validity(),
        figures={
            "export_seconds": sum(stage.seconds for stage in stages),
            "export_peak_mb": max(stage.peak_bytes for stage in stages) / 1e6,
        },
        series=tuple(
            Series(name=f"{stage.title} · {what}", unit=unit, samples=(value,))
            for stage in stages
            for what, unit, value in (
                ("time", "s", stage.seconds),
                ("peak memory", "MB", stage.peak_bytes / 1e6),
            )
        ),
        facts={
            "slowest": max(stages, key=lambda stage: stage.seconds).title,
            "largest": max(stages, key=lambda stage: stage.peak_bytes).title,
        },
    )


def stages_of(options: Options) -> int:
    """How many there will be."""
    models = len(options.models) + (options.onnx is not None)
    return stage_count(models, bool(options.data), options.compare)
