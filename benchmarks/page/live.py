"""The live view for many frames: what stays behind, what holds the window up, how fast it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.page.heap import PageHeap
from benchmarks.page.probe import CHARTS_IN_VIEW
from benchmarks.page.result import Heap, Live, LongTask
from benchmarks.page.visit import PageVisit

_EVERY_S = 0.25
_STALL_S = 30.0
_LOOKS, _LOOK_S = 20, 0.005
_RESUMED_MS = 1000.0
"""After the pause, in which the garbage collector was called by hand; by then the page's meter has
shown new figures."""
_TICKS = 3
"""Looks at the machine while the view pauses; a single one may meet a hiccup."""
_QUIET = 10
"""Looks in a row that find no further result."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """How long is looked at: until there are both so many seconds and so many results."""

    settle_s: float
    """After the first result: starting may take its time."""
    seconds: float
    frames: int


def measure_live(
    visit: PageVisit,
    span: Span,
    on_seconds: Callable[[float], None],
    on_quiet: Callable[[], None] = lambda: None,
) -> Live:
    """The camera is on already. Memory is read before and after, never in between.

    `on_quiet` is called some times while the view pauses and nothing of ours is at work.
    """
    heap = PageHeap(visit)
    _settle(visit, visit.state()["first_result_ms"] + span.settle_s * 1000)
    held_before = _held(visit, heap, on_quiet)
    charts = _charts(visit)
    _settle(visit, visit.state()["now_ms"] + _RESUMED_MS)
    before = _between_frames(visit)
    _run(visit, before, span, on_seconds)
    after = _between_frames(visit)
    samples = visit.samples()
    charts = charts and _charts(visit)
    held_after = _held(visit, heap, on_quiet)
    return Live(
        seconds=(after["last_presented_ms"] - before["last_presented_ms"]) / 1000,
        presented=after["presented"] - before["presented"],
        answered=after["answered"] - before["answered"],
        page_drops=after["drops"] - before["drops"],
        backend=visit.text("#live-backend"),
        charts=charts,
        samples_ms=_between(samples, before["answered"], after["answered"]),
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


def _between(samples: dict[str, Any], begin: int, end: int) -> dict[str, tuple[float, ...]]:
    """One sample for each frame that was answered in the span, in order."""
    named = {
        "latency": samples["latency_ms"],
        "worker": samples["worker_ms"],
        **{name.removesuffix("_ms"): taken for name, taken in samples["stages"].items()},
    }
    return {name: tuple(taken[begin:end]) for name, taken in named.items()}


def _settle(visit: PageVisit, until_ms: float) -> None:
    """Until starting is over, and what the page keeps of the past is as large as it gets."""
    for state in _states(visit):
        if state["now_ms"] >= until_ms:
            return


def _held(visit: PageVisit, heap: PageHeap, on_quiet: Callable[[], None]) -> dict[str, int]:
    """What is held while the view pauses: each frame makes megabytes that the next ones reuse."""
    visit.click("#live-pause")
    counts: list[int] = []

    def is_quiet() -> bool:
        counts.append(visit.state()["results"])
        return len(counts) > _QUIET and counts[-1] == counts[-1 - _QUIET]

    visit.wait(is_quiet, "the view does not pause")
    for _ in range(_TICKS):
        on_quiet()
    held = heap.read()
    visit.click("#live-pause")
    return held


def _run(
    visit: PageVisit, before: dict[str, Any], span: Span, on_seconds: Callable[[float], None]
) -> dict[str, Any]:
    """The notes once there is enough."""
    for state in _states(visit):
        seconds = (state["now_ms"] - before["now_ms"]) / 1000
        on_seconds(min(seconds, span.seconds))
        if seconds >= span.seconds and state["answered"] - before["answered"] >= span.frames:
            return state
    raise AssertionError("unreachable")


def _between_frames(visit: PageVisit) -> dict[str, Any]:
    """The notes in a moment with no frame on its way, where the page ever comes to one: then each
    frame that was presented until here is answered or never will be."""
    state = visit.state()
    for _ in range(_LOOKS):
        if state["last_answered_ms"] >= state["last_presented_ms"]:
            break
        time.sleep(_LOOK_S)
        state = visit.state()
    return state


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


def _charts(visit: PageVisit) -> bool:
    return bool(visit.browser.evaluate(CHARTS_IN_VIEW))
