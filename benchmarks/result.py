"""A measurement as it is kept: every sample, what was measured, and on what."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report.statistics import Summary, summarise

VERSION = 1
"""Of `result.schema.json`; a change that an old reader would misread raises it."""


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where it was measured."""

    system: str
    processor: str
    cores: int
    browser: str


@dataclass(frozen=True, kw_only=True)
class Series:
    """One thing's times, in the order in which they were taken."""

    name: str
    backend: str
    shape: tuple[int, ...]
    samples_ms: tuple[float, ...]

    @property
    def summary(self) -> Summary:
        return summarise(self.samples_ms)


@dataclass(frozen=True, kw_only=True)
class Result:
    """One run of a benchmark."""

    benchmark: str
    machine: Machine
    model: str
    variant: str
    inputs: int
    """Distinct frames; the runs go round them."""
    warmup: int
    """Runs on each frame that come first and are not among the samples."""
    series: tuple[Series, ...]
    version: int = VERSION

    def to_json(self) -> str:
        document = dataclasses.asdict(self)
        for entry, series in zip(document["series"], self.series, strict=True):
            entry["summary"] = dataclasses.asdict(series.summary)
        return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"

    def write(self, path: Path) -> None:
        path.write_text(self.to_json(), encoding="utf-8")


def this_machine(browser: str) -> Machine:
    """The machine that runs this process, with the browser's own name for itself."""
    return Machine(
        system=platform.platform(),
        processor=_processor(),
        cores=os.cpu_count() or 1,
        browser=browser,
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
