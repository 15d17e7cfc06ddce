"""Whether a measurement says anything: what else the machine did meanwhile."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
import psutil

from benchmarks.looking import Looking
from benchmarks.report.processes import Processes

LEAST_SAMPLES = 30
OTHERS_SHARE = 0.10
OTHERS_CORES = 0.5
"""Other programs may take that share of the processors, and of many not more than so much."""
STOLEN_SHARE = 0.05
THROTTLED = 1.25
"""Reference work may take so many times as long in one part of a run as in another."""
_AT_ENDS = 3
"""Times that reference work is timed before a run and after it: a median of them has no hiccup."""
_WORK = bytes(1 << 20)
_TRIES = 15
_NAMED = 0.02
"""Of all processors' time: what a program takes that is named."""


@dataclass(frozen=True, kw_only=True)
class Validity:
    """What was watched, and every reason why it makes a measurement invalid."""

    reasons: tuple[str, ...] = ()
    others_share: float = 0.0
    """Of all processors' time, taken by other programs."""
    stolen_share: float = 0.0
    """Of all processors' time, taken by other machines on the same host."""
    reference_ms: tuple[float, ...] = ()
    """The same fixed work at the beginning, now and then, and at the end."""

    @property
    def valid(self) -> bool:
        return not self.reasons


class Watch(Looking):
    """Looks at the machine while a block runs.

    Call `tick` now and then, while nothing of ours is at work, and before a browser is closed: what
    an ended process took in its last second would count as another program's.
    """

    every_s = 1.0

    def __init__(self) -> None:
        self._processes = Processes()
        self._lock = threading.Lock()
        self._reference_ms: list[float] = []
        self._ended: Validity | None = None

    def __enter__(self) -> Self:
        self._reference_ms += [_reference_ms() for _ in range(_AT_ENDS)]
        self.look()
        self._before, self._begun_s = _Processors.now(), time.monotonic()
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        self.look()
        self._reference_ms += [_reference_ms() for _ in range(_AT_ENDS)]
        self._ended = self._judge()

    def tick(self) -> None:
        """Look once more, and time the reference work (some ten milliseconds)."""
        self.look()
        self._reference_ms.append(_reference_ms())

    def validity(self, extra_reasons: Iterable[str] = ()) -> Validity:
        """As it was when the block ended, or is by now, and what else the caller found wrong."""
        seen = self._ended or self._judge()
        return Validity(
            reasons=(*seen.reasons, *extra_reasons),
            others_share=seen.others_share,
            stolen_share=seen.stolen_share,
            reference_ms=seen.reference_ms,
        )

    def _judge(self) -> Validity:
        self.look()
        spent = _Processors.now() - self._before
        cores = psutil.cpu_count() or 1
        whole_s = max(1e-6, (time.monotonic() - self._begun_s) * cores)
        with self._lock:
            others_s = spent.busy_s - self._processes.ours_s()
            busiest = self._processes.busiest(_NAMED * whole_s)
        others = _share(others_s, whole_s)
        stolen = _share(spent.stolen_s, whole_s)
        reasons = [
            *_others_reasons(others, cores, busiest),
            *_reasons(stolen, self._reference_ms),
        ]
        return Validity(
            reasons=tuple(reasons),
            others_share=others,
            stolen_share=stolen,
            reference_ms=tuple(self._reference_ms),
        )

    def look(self) -> None:
        """At the processes, and at what each has taken by now."""
        with self._lock:
            self._processes.look()


def too_few(counts: Mapping[str, int], least: int = LEAST_SAMPLES) -> tuple[str, ...]:
    """A reason for each series, by name, whose samples are too few to say anything of its tail."""
    return tuple(
        f"{name}: {count} samples, and {least} is the least"
        for name, count in counts.items()
        if count < least
    )


@dataclass(frozen=True, kw_only=True)
class _Processors:
    """Seconds of all processors together since the machine started."""

    busy_s: float
    stolen_s: float

    @classmethod
    def now(cls) -> _Processors:
        times = psutil.cpu_times()
        stolen_s = getattr(times, "steal", 0.0)
        twice = ("guest", "guest_nice")  # user and nice hold them already
        idle_s = times.idle + getattr(times, "iowait", 0.0)
        idle_s += sum(getattr(times, name, 0.0) for name in twice)
        return cls(busy_s=float(sum(times) - idle_s - stolen_s), stolen_s=float(stolen_s))

    def __sub__(self, other: _Processors) -> _Processors:
        return _Processors(
            busy_s=self.busy_s - other.busy_s, stolen_s=self.stolen_s - other.stolen_s
        )


def _others_reasons(share: float, cores: int, busiest: Sequence[str]) -> Iterator[str]:
    """In processors, for half a one disturbs as much where there are sixteen."""
    taken, allowed = share * cores, min(OTHERS_SHARE * cores, OTHERS_CORES)
    if taken > allowed:
        who = f" (most of all {' and '.join(busiest[:2])})" if busiest else ""
        yield f"other programs{who} took {taken:.2f} of {cores} processors, over {allowed:.2f}"


def _reasons(stolen: float, reference_ms: Sequence[float]) -> Iterator[str]:
    if stolen > STOLEN_SHARE:
        yield f"the host took {stolen:.0%} of the processors away, over {STOLEN_SHARE:.0%}"
    drift = _drift(reference_ms)
    if drift > THROTTLED:
        yield (
            f"the same work took {drift:.2f} times as long at its slowest as at its quickest"
            f", over {THROTTLED}: the processor was throttled"
        )


def _drift(reference_ms: Sequence[float]) -> float:
    """The slowest third beside the quickest, or half, where thirds were shorter than three.

    Their medians count, so a single hiccup is no throttling.
    """
    count = min(3, max(1, len(reference_ms) // 3))
    parts = np.array_split(np.array(reference_ms), count)
    medians = [float(np.median(part)) for part in parts]
    return max(medians) / min(medians)


def _reference_ms() -> float:
    """The quickest of several, which another program's turn does not lengthen."""
    return min(_hash_ms() for _ in range(_TRIES))


def _hash_ms() -> float:
    begun_s = time.perf_counter()
    hashlib.sha256(_WORK).digest()
    return (time.perf_counter() - begun_s) * 1000


def _share(part_s: float, whole_s: float) -> float:
    return min(1.0, max(0.0, part_s / whole_s))
