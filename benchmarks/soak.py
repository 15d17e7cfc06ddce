"""Frames without end through the site's worker: what drifts, what stays behind.

The site's own library (its public entry, as other people's pages use it) reads a swaying face,
640 × 480, as fast as it goes with one frame in flight; classified on every frame. Memory is read
before and after, when all garbage is gone; the browser's processes are looked at all the time.

`tensor_drift` counts what the worker's backend says it keeps: TF.js' own tensors, or on our kernels
the weights that they packed and the plans made for a graph. What a backend forgets to count shows
in the memory: a heap's drift is of JavaScript's objects and the bytes of array buffers, and that of
the processes is of everything, WebAssembly's memory included.
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.film import ROOM, SWAY_PX
from benchmarks.memory import memory_bytes
from benchmarks.names import ours
from benchmarks.page.heap import PageHeap
from benchmarks.page.visit import PageVisit
from benchmarks.report.environment import this_environment
from benchmarks.report.report import Report, Series
from benchmarks.report.statistics import growth_interval
from benchmarks.report.validity import Watch, too_few
from benchmarks.samples import FACE
from benchmarks.site import Site
from benchmarks.site_library import library_of
from benchmarks.soak_page import OPEN, RUN
from export.browser import Browser
from face_detect.command import MachineError

CHUNK = 100
"""Frames between two looks at the browser."""
_TICK_CHUNKS = 10
"""Between two looks at the machine."""
LEAST = 1000
_LONGEST_S = 120.0


@dataclass(frozen=True, kw_only=True)
class SoakOptions:
    """How long: so many frames, or hours where they are given."""

    frames: int = 10_000
    hours: float = 0.0
    warmup: int = 300
    model: str | None = None
    """One of the site's; its default where none is named."""
    picture: Path = FACE


@dataclass
class Soaked:
    """What was seen, in order."""

    latency_ms: list[float] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    """Of all the browser's processes, after each chunk."""
    tensors: list[int] = field(default_factory=list)
    held: list[dict[str, int]] = field(default_factory=list)
    """Bytes of page and worker, before and after."""
    lost: int = 0
    """Frames without a face, or without an answer."""


def measure_soak(
    site: Site,
    options: SoakOptions,
    on_step: Callable[[str, float], None] = lambda part, done: None,
) -> Report:
    """`on_step` hears how many "frames" or "seconds" are done."""
    with tempfile.TemporaryDirectory(prefix="facecast-bench-") as name, Watch() as watch:
        (Path(name) / "index.html").write_text("<!doctype html><title>Soak</title>")
        shutil.copyfile(options.picture, Path(name) / "face.jpg")
        mounts = {"/site": site.folder, "/soak": Path(name)}
        with Browser(mounts=mounts, page="/soak/index.html", flags=()) as browser:
            environment = this_environment(browser, site)
            visit = PageVisit(browser, f"{browser.address}/soak/", "")
            soaked, backend = _soak(visit, site, options, on_step, watch)
            validity = watch.validity(_reasons(soaked))
    return Report(
        benchmark="soak",
        environment=dataclasses.replace(environment, backend=backend),
        validity=validity,
        figures=soak_figures(soaked),
        series=tuple(_series(soaked, ours(options.model or site.contract.name))),
        facts=_facts(soaked),
    )


def soak_figures(soaked: Soaked) -> dict[str, float]:
    """By name; heaps and processes in MB for each 1,000 frames."""
    thousands = max(1.0, len(soaked.latency_ms) / 1000)
    before, after = soaked.held
    first, last = tenths(soaked.latency_ms)
    memory_first, memory_last = tenths(soaked.memory_mb)
    return {
        "tensor_drift": abs(soaked.tensors[-1] - soaked.tensors[0]),
        "latency_drift_ratio": float(np.mean(last) / np.mean(first)),
        "soak_page_heap_drift_mb": (after["page"] - before["page"]) / 1e6 / thousands,
        "soak_worker_heap_drift_mb": (after["worker"] - before["worker"]) / 1e6 / thousands,
        "soak_memory_drift_mb": float(np.median(memory_last) - np.median(memory_first)) / thousands,
    }


def tenths(samples: list[float]) -> tuple[list[float], list[float]]:
    """The first and the last tenth, at least one sample each."""
    size = max(1, len(samples) // 10)
    return samples[:size], samples[-size:]


def _soak(
    visit: PageVisit,
    site: Site,
    options: SoakOptions,
    on_step: Callable[[str, float], None],
    watch: Watch,
) -> tuple[Soaked, str]:
    browser = visit.browser
    asked = {
        "library": f"/site/{library_of(site.folder)}",
        "base": "/site/",
        "picture": "face.jpg",
        "model": options.model,
        "sway": {"room": ROOM, "px": SWAY_PX},
    }
    backend = str(browser.evaluate(OPEN, asked)["backend"])
    heap = PageHeap(visit)
    soaked = Soaked()
    browser.evaluate(RUN, options.warmup)
    soaked.held.append(heap.read())
    # Reading the heaps leaves the worker cold; what it says next is what counts.
    soaked.tensors.append(_tensors(browser.evaluate(RUN, CHUNK)))
    for done, taken in enumerate(_chunks(browser, options, on_step), 1):
        _note(soaked, taken, browser.process_id)
        if done % _TICK_CHUNKS == 0:
            watch.tick()
    soaked.held.append(heap.read())
    watch.tick()
    return soaked, backend


def _chunks(
    browser: Browser, options: SoakOptions, on_step: Callable[[str, float], None]
) -> Iterator[dict[str, Any]]:
    """Until it is enough."""
    begun_s, frames = time.monotonic(), 0
    while True:
        seconds = time.monotonic() - begun_s
        on_step("seconds", min(seconds, options.hours * 3600))
        on_step("frames", frames)
        if seconds >= options.hours * 3600 if options.hours else frames >= options.frames:
            return
        size = CHUNK if options.hours else min(CHUNK, options.frames - frames)
        yield browser.evaluate(RUN, size, _LONGEST_S)
        frames += size


def _note(soaked: Soaked, taken: dict[str, Any], process_id: int) -> None:
    soaked.latency_ms += taken["latency_ms"]
    soaked.lost += taken["lost"]
    soaked.tensors.append(_tensors(taken))
    soaked.memory_mb.append(memory_bytes(process_id) / 1e6)


def _tensors(taken: dict[str, Any]) -> int:
    if not taken["latency_ms"]:
        raise MachineError("the measurement is invalid: no face was found in a hundred frames")
    return int(taken["tensors"])


def _reasons(soaked: Soaked) -> Iterator[str]:
    yield from too_few({"frames": len(soaked.latency_ms)}, LEAST)
    if soaked.lost:
        yield f"{soaked.lost} frames had no face or no answer, so they did not do the same work"


def _facts(soaked: Soaked) -> dict[str, object]:
    first, last = tenths(soaked.latency_ms)
    low, high = growth_interval(first, last)
    return {
        "frames": len(soaked.latency_ms),
        "lost": soaked.lost,
        "tensors": {"before": soaked.tensors[0], "after": soaked.tensors[-1]},
        "most_tensors": max(soaked.tensors),
        "heap_bytes": {"before": soaked.held[0], "after": soaked.held[1]},
        "latency_drift_95": {"low": low, "high": high},
    }


def _series(soaked: Soaked, of: str) -> Iterator[Series]:
    name = f"{of} · as fast as it goes · total"
    yield Series(name=name, unit="ms", samples=tuple(soaked.latency_ms), stage="total", of=of)
    name = f"{of} · memory of the browser's processes"
    yield Series(name=name, unit="MB", samples=tuple(soaked.memory_mb), of=of)
