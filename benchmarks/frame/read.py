"""What the page reads, a block of frames at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.outcome import Outcome, read_outcome
from benchmarks.shots import Film, Shot
from benchmarks.windows import Window

BLOCK = 30
"""Frames between two looks at the machine; of a camera it is a second."""
OnBlock = Callable[[int], None]
"""Hears how many frames are done."""
_LIVE = Shot(part="camera", picture="", x=0, y=0, width=0, height=0)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Frame by frame: what was shown and what was found."""

    shots: tuple[Shot, ...]
    outcomes: tuple[Outcome, ...]
    dropped: int = 0
    """Frames that were shown and not read."""
    seconds: float
    long_tasks_ms: tuple[float, ...] | None = None
    """On the page's main thread; none where the page is not like a site's own."""


def read_film(window: Window, film: Film, warmup: int, on_block: OnBlock) -> Seen:
    """One frame after the other. It warms up on its end, so as to be read from its beginning."""
    length = len(film.shots)
    rounds = -(-warmup // length)
    tasks = film.tasks(rounds * length - warmup, (rounds + 1) * length, "/data")
    outcomes = [
        read_outcome(told)
        for begin in _blocks(len(tasks), on_block)
        for told in window.call("film", tasks[begin : begin + BLOCK])
    ]
    kept = tuple(outcomes[-length:])
    seconds = sum(outcome.ms for outcome in kept) / 1000
    return Seen(shots=film.shots, outcomes=kept, seconds=seconds)


def read_camera(window: Window, frames: int, warmup: int, on_block: OnBlock) -> Seen:
    """At its own pace; nothing counts of the moments in which we ask the page."""
    window.call("camera", max(1, warmup))
    before = len(window.call("longTasks"))
    outcomes: list[Outcome] = []
    dropped, seconds = 0, 0.0
    for begin in _blocks(frames, on_block):
        # The first of each block only says when it began.
        live = window.call("camera", min(BLOCK, frames - begin) + 1)
        outcomes += map(read_outcome, live["outcomes"][1:])
        dropped += live["dropped"]
        seconds += live["seconds"]
    return Seen(
        shots=(_LIVE,) * len(outcomes),
        outcomes=tuple(outcomes),
        dropped=dropped,
        seconds=seconds,
        long_tasks_ms=tuple(window.call("longTasks")[before:]),
    )


def _blocks(count: int, on_block: OnBlock) -> Iterator[int]:
    for begin in range(0, count, BLOCK):
        yield begin
        on_block(min(begin + BLOCK, count))
