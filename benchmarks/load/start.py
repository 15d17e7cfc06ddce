"""One start of a page: from the beginning of the navigation to its first face."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.load.host import Host
from benchmarks.page.visit import PageVisit
from export.serve import Sent

STEADY = 60
"""Frames that are read after the start."""
_LAST = 30
"""Of them those that count as steady."""
_LONGEST_S = 120.0


@dataclass(frozen=True, kw_only=True)
class Start:
    """Times count from the beginning of the navigation."""

    interactive_ms: float | None
    """The camera can be turned on; none where the page waits for nobody."""
    model_ms: float | None
    """The model runs."""
    first_result_ms: float
    """A frame with a face was read, and the document says what."""
    bytes: int
    """On the wire until then: bodies as they were sent."""
    requests: int
    files: tuple[Sent, ...]
    first_inference: float
    """How many times as long the first frame took as one does later."""


def watch_start(visit: PageVisit, host: Host, name: str) -> Start:
    """Wait until the visit that has just begun sees a face, and on until it runs evenly."""
    complaint = f"{name}: no face; does the camera give frames?"
    visit.wait_for_note("first_face_ms", complaint, _LONGEST_S)
    complaint = f"{name}: no further frames"
    visit.wait(lambda: len(visit.samples()["worker_ms"]) >= STEADY, complaint, _LONGEST_S)
    seen = visit.state()
    first_ms: float = seen["first_face_ms"]
    sent = host.until((seen["origin_ms"] + first_ms) / 1000)
    return Start(
        interactive_ms=seen.get("interactive_ms"),
        model_ms=seen.get("model_ms"),
        first_result_ms=first_ms,
        bytes=sum(each.bytes for each in sent),
        requests=len(sent),
        files=sent,
        first_inference=first_against_steady(visit.samples()["worker_ms"]),
    )


def first_against_steady(times_ms: Sequence[float]) -> float:
    """The first one divided by the median of the last thirty."""
    return times_ms[0] / statistics.median(times_ms[-_LAST:])
