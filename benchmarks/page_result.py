"""A measurement of the page as it is kept."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.result import Machine

VERSION = 1
"""Of `page.schema.json`; a change that an old reader would misread raises it."""


@dataclass(frozen=True, kw_only=True)
class FetchedFile:
    """A file of the site, and its size on the wire."""

    path: str
    sent_bytes: int

    @property
    def is_heavy(self) -> bool:
        """Weights and the runtime, whose size is not the page's doing."""
        return self.path.endswith(("/weights.bin", ".wasm"))


@dataclass(frozen=True, kw_only=True)
class FirstVisit:
    """Times count from the beginning of the navigation, with nothing in the cache."""

    interactive_ms: float
    """The camera can be turned on."""
    model_ms: float
    """The model runs."""
    first_result_ms: float
    files: tuple[FetchedFile, ...]
    """All that was fetched until then."""


@dataclass(frozen=True, kw_only=True)
class Latency:
    """What the page's meter showed, in whole milliseconds over its last ten seconds."""

    median_ms: int
    p95_ms: int


@dataclass(frozen=True, kw_only=True)
class Heap:
    """Bytes held after a garbage collection."""

    place: str
    before_bytes: int
    after_bytes: int

    def drift_bytes(self, frames: int) -> float:
        """Per 1,000 frames; fewer count as so many, for what they leave is mostly chance."""
        return (self.after_bytes - self.before_bytes) / max(1.0, frames / 1000)


@dataclass(frozen=True, kw_only=True)
class LongTask:
    """Something that kept the main thread for more than 50 ms."""

    at_ms: float
    """After the first frame that counts."""
    duration_ms: float


@dataclass(frozen=True, kw_only=True)
class Live:
    """The live view with the fake camera."""

    results: int
    seconds: float
    dropped: int
    """By the page's own count, since the camera was turned on."""
    backend: str
    latencies: tuple[Latency, ...]
    tensors_before: int
    tensors_after: int
    heaps: tuple[Heap, ...]
    long_tasks: tuple[LongTask, ...]

    @property
    def per_second(self) -> float:
        return self.results / self.seconds if self.seconds else 0.0

    @property
    def median_ms(self) -> float:
        return float(np.median([each.median_ms for each in self.latencies]))

    @property
    def p95_ms(self) -> float:
        """Of a usual ten seconds."""
        return float(np.median([each.p95_ms for each in self.latencies]))


@dataclass(frozen=True, kw_only=True)
class PageResult:
    """One run."""

    machine: Machine
    model: str
    variant: str
    others_share: float
    """Of the processors, taken by other programs meanwhile."""
    warmup: int
    """Frames that came first and do not count."""
    first: FirstVisit
    live: Live
    answers_ms: tuple[float, ...]
    """From a click to the next paint while a clip was read; 16 stands for that or less."""


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A bound and what was measured against it."""

    name: str
    measured: float
    allowed: float
    unit: str
    is_timed: bool = False
    """A machine that is busy with something else decides nothing about it, unless it passes."""

    @property
    def passed(self) -> bool:
        return self.measured <= self.allowed


def write_page_result(path: Path, result: PageResult, gates: tuple[Gate, ...]) -> None:
    """As JSON, with the figures that follow from it; its schema is `page.schema.json`."""
    document = {"version": VERSION, "benchmark": "page", **dataclasses.asdict(result)}
    live = result.live
    document["live"]["per_second"] = live.per_second
    document["live"]["latency"] = {"median_ms": live.median_ms, "p95_ms": live.p95_ms}
    document["gates"] = [{**dataclasses.asdict(gate), "passed": gate.passed} for gate in gates]
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")
