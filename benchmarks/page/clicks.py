"""How soon the page answers a click while a clip is read."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.page.visit import PageVisit
from face_detect.command import MachineError

ROUND = ("#files-play", "#files-play", "#tab-compare", "#tab-about", "#tab-files")
"""What is clicked in turn; it ends where it began."""
UNSEEN_MS = 16.0
"""Chromium tells of no answer that is quicker."""
_BETWEEN_S = 0.1
_TRIES = 3
"""A round during which the clip comes to its end is made again, with the clip from its start."""
_READING = "#files-stop"


def measure_clicks(
    visit: PageVisit, clip: Path, rounds: int, on_round: Callable[[int], None]
) -> tuple[float, ...]:
    """Milliseconds from each click to the next paint; only rounds while the clip was read count."""
    if not rounds:
        return ()
    visit.click("#tab-files")
    visit.wait(lambda: visit.shows("#files-choose"), "the view for files does not open")
    spans: list[tuple[float, float]] = []
    for _ in range(rounds * _TRIES):
        if not visit.shows(_READING):
            visit.give_files("#files-input", [clip])
            visit.wait(lambda: visit.shows(_READING), "the clip is not read")
        span = _click_round(visit)
        if visit.shows(_READING):
            spans.append(span)
            on_round(len(spans))
        if len(spans) == rounds:
            state = visit.state()
            return tuple(took for span in spans for took in answers(state, span, len(ROUND)))
    raise MachineError("the measurement is invalid: the clip is read before a round of clicks ends")


def _click_round(visit: PageVisit) -> tuple[float, float]:
    """When it began and ended, on the page's clock."""
    begin_ms = visit.state()["now_ms"]
    for selector in ROUND:
        visit.click(selector)
        time.sleep(_BETWEEN_S)
    return begin_ms, visit.state()["now_ms"]


def answers(state: dict[str, Any], span: tuple[float, float], clicks: int) -> tuple[float, ...]:
    """The answers that the probe noted in a span, and the least that it can see for the rest."""
    begin_ms, end_ms = span
    noted = [took for at_ms, took in state["answers"].values() if begin_ms <= at_ms <= end_ms]
    return (*noted, *[UNSEEN_MS] * (clicks - len(noted)))
