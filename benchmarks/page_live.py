"""The live view for many frames: what stays behind, what holds the window up, how fast it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.page_heap import PageHeap
from benchmarks.page_result import Heap, Latency, Live, LongTask
from benchmarks.page_visit import PageVisit

SETTLING_MS = 5000.0
"""After the first result: starting may take its time."""
METER_MS = 10_000.0
"""The page's own meter looks so far back."""
_EVERY_S = 0.25
_STALL_S = 30.0
_QUIET = 10
"""Looks in a row that find no further result."""


def measure_live(
    visit: PageVisit, frames: int, warmup: int, on_results: Callable[[int], None]
) -> Live:
    """The camera is on already. Memory is read before and after, never in between."""
    heap = PageHeap(visit)
    _settle(visit, warmup)
    held_before = _held(visit, heap)
    before = visit.state()
    latencies = tuple(_latencies(visit, before, frames, on_results))
    after = visit.state()
    held_after = _held(visit, heap)
    return Live(
        results=after["results"] - before["results"],
        seconds=(after["last_ms"] - before["last_ms"]) / 1000,
        dropped=_number(visit.text("#live-drops")),
        backend=visit.text("#live-backend"),
        latencies=latencies,
        tensors_before=before["tensors"],
        tensors_after=after["tensors"],
        heaps=tuple(
            Heap(place=place, before_bytes=held_before[place], after_bytes=held_after[place])
            for place in ("page", "worker")
        ),
        long_tasks=long_tasks(visit.state()["tasks"], before["now_ms"], after["now_ms"]),
    )


def long_tasks(
    noted: list[tuple[float, float]], begin_ms: float, end_ms: float
) -> tuple[LongTask, ...]:
    """Those that began in a span; `noted` holds beginnings and durations."""
    return tuple(
        LongTask(at_ms=at_ms - begin_ms, duration_ms=duration_ms)
        for at_ms, duration_ms in noted
        if begin_ms <= at_ms <= end_ms
    )


def _settle(visit: PageVisit, warmup: int) -> None:
    """Until starting is over, and what the page keeps of the past is as large as it gets."""
    begun = visit.state()["results"]
    for state in _states(visit):
        settled = state["now_ms"] - state["first_result_ms"] >= SETTLING_MS
        if settled and state["results"] - begun >= warmup:
            return


def _held(visit: PageVisit, heap: PageHeap) -> dict[str, int]:
    """What is held while the view pauses: each frame makes megabytes that the next ones reuse."""
    visit.click("#live-pause")
    counts: list[int] = []

    def is_quiet() -> bool:
        counts.append(visit.state()["results"])
        return len(counts) > _QUIET and counts[-1] == counts[-1 - _QUIET]

    visit.wait(is_quiet, "the view does not pause")
    held = heap.read()
    visit.click("#live-pause")
    return held


def _latencies(
    visit: PageVisit, before: dict[str, Any], frames: int, on_results: Callable[[int], None]
) -> Iterator[Latency]:
    """What the meter shows, once for each span that it looks at, until there are enough frames."""
    read_ms = before["now_ms"]
    for state in _states(visit):
        done = state["results"] - before["results"]
        on_results(min(done, frames))
        if done >= frames or state["now_ms"] - read_ms >= METER_MS:
            read_ms = state["now_ms"]
            median_ms, p95_ms = re.findall(r"\d+", visit.text("#live-latency"))
            yield Latency(median_ms=int(median_ms), p95_ms=int(p95_ms))
        if done >= frames:
            return


def _states(visit: PageVisit) -> Iterator[dict[str, Any]]:
    """The probe's notes as they change; an error when results stop coming."""
    seen = -1
    while True:
        for _ in visit.moments("no further result", _STALL_S, _EVERY_S):
            state = visit.state()
            if state["results"] != seen:
                break
        seen = state["results"]
        yield state


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)
