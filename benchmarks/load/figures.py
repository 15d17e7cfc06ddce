"""A report of starts."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from benchmarks.load.start import Start
from benchmarks.names import ours
from benchmarks.report.environment import Environment
from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Watch
from benchmarks.site import Site

if TYPE_CHECKING:
    from benchmarks.load.measure import Starts

LEAST_ROUNDS = 3


def load_report(site: Site, starts: Starts, environment: Environment, watch: Watch) -> Report:
    """Quotients ours / theirs, pair by pair; their median counts."""
    return Report(
        benchmark="load",
        environment=environment,
        validity=watch.validity(_reasons(starts)),
        figures=load_figures(starts),
        series=tuple(_series(starts, ours(site.contract.name))),
        facts={
            "first_result_ms_vs_faceapi": quotients(starts, "first_result_ms"),
            "first_visit_bytes": {"ours": _bytes(starts.cold), "face-api": _bytes(starts.peer)},
            "requests": {"ours": starts.cold[0].requests, "face-api": starts.peer[0].requests},
            "bytes_until_kept_for_offline": statistics.median(starts.kept_bytes),
            "files": {"ours": _files(starts.cold), "face-api": _files(starts.peer)},
            "warm_files": _files(starts.warm),
        },
    )


def load_figures(starts: Starts) -> dict[str, float]:
    """By name; a start's times only beside another's of the same run."""
    return {
        "first_visit_bytes_vs_faceapi": statistics.median(quotients(starts, "bytes")),
        "first_result_ms_vs_faceapi": statistics.median(quotients(starts, "first_result_ms")),
        "first_visit_bytes": _bytes(starts.cold),
        "first_visit_requests": statistics.median(start.requests for start in starts.cold),
        "warm_visit_bytes": _bytes(starts.warm),
        "warm_result_vs_cold": _beside_cold(starts.warm, starts),
        "offline_result_vs_cold": _beside_cold(starts.offline, starts),
        "first_inference_vs_steady": statistics.median(s.first_inference for s in starts.cold),
    }


def quotients(starts: Starts, name: str) -> list[float]:
    """Ours divided by theirs, round by round."""
    pairs = zip(starts.cold, starts.peer, strict=True)
    return [getattr(ours, name) / getattr(theirs, name) for ours, theirs in pairs]


def _beside_cold(other: Sequence[Start], starts: Starts) -> float:
    pairs = zip(other, starts.cold, strict=True)
    return statistics.median(each.first_result_ms / cold.first_result_ms for each, cold in pairs)


def _bytes(starts: Sequence[Start]) -> float:
    return statistics.median(start.bytes for start in starts)


def _files(starts: Sequence[Start]) -> dict[str, int]:
    return {each.url: each.bytes for each in starts[0].files}


def _reasons(starts: Starts) -> Iterator[str]:
    if len(starts.cold) < LEAST_ROUNDS:
        yield f"{len(starts.cold)} rounds, and {LEAST_ROUNDS} is the least"


def _series(starts: Starts, of: str) -> Iterator[Series]:
    kinds = {"cold": starts.cold, "warm": starts.warm, "offline": starts.offline}
    for kind, taken in kinds.items():
        for moment in ("interactive", "model", "first_result"):
            times = (getattr(start, f"{moment}_ms") for start in taken)
            samples = tuple(time for time in times if time is not None)
            if samples:
                name = f"{of} · {kind} · {moment.replace('_', ' ')}"
                yield Series(name=name, unit="ms", samples=samples, of=of)
        sent = tuple(float(start.bytes) for start in taken)
        yield Series(name=f"{of} · {kind} · sent", unit="bytes", samples=sent, of=of)
    peer = tuple(start.first_result_ms for start in starts.peer)
    yield Series(name="face-api · cold · first result", unit="ms", samples=peer, of="face-api")
    sent = tuple(float(start.bytes) for start in starts.peer)
    yield Series(name="face-api · cold · sent", unit="bytes", samples=sent, of="face-api")
