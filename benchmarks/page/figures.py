"""A report of what was seen of the page."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.names import ours
from benchmarks.page.result import PageResult
from benchmarks.report.environment import Environment
from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Validity, too_few
from benchmarks.site import Site

LEAST_S = 10.0
"""Below it a second's hiccup decides what a rate says."""
SLOW_CLICK_MS = 100.0


def page_report(
    result: PageResult, environment: Environment, validity: Validity, site: Site
) -> Report:
    """Figures to bound, every frame's times, and what else was seen."""
    live = result.live
    return Report(
        benchmark="page",
        environment=environment,
        validity=validity,
        figures=dict(page_figures(result)),
        series=tuple(_series(result, ours(site.contract.name))),
        facts={
            "model": site.contract.name,
            "variant": site.variant,
            "seconds": live.seconds,
            "frames_presented": live.presented,
            "frames_answered": live.answered,
            "drops_by_the_page": live.page_drops,
            "charts_in_view": live.charts,
            "long_tasks": [{"at_ms": t.at_ms, "ms": t.duration_ms} for t in live.long_tasks],
            "first_visit": {file.path: file.sent_bytes for file in result.first.files},
        },
    )


def page_figures(result: PageResult) -> Iterator[tuple[str, float]]:
    """By name. Heaps in MB for each 1,000 frames."""
    first, live = result.first, result.live
    yield "camera_results_per_s", live.per_second
    yield "camera_dropped_ratio", live.dropped_ratio
    yield "long_tasks", len(live.long_tasks)
    yield "camera_tensor_drift", abs(live.tensors_after - live.tensors_before)
    for heap in live.heaps:
        yield f"{heap.place}_heap_drift_mb", heap.drift_bytes(live.answered) / 1e6
    if result.answers_ms:
        yield "slow_clicks", sum(took > SLOW_CLICK_MS for took in result.answers_ms)
    yield "interactive_vs_model", first.interactive_ms / first.model_ms
    light = (file.sent_bytes for file in first.files if not file.is_heavy)
    yield "first_visit_light_bytes", sum(light)


def page_reasons(result: PageResult) -> Iterator[str]:
    """Why it says nothing of the camera, if so."""
    live = result.live
    yield from too_few({"frames that the camera presented": live.presented})
    if live.seconds < LEAST_S:
        yield f"the camera was watched for {live.seconds:.1f} s; {LEAST_S:.0f} s is the least"
    if not live.charts:
        yield "the charts were out of view"


def _series(result: PageResult, of: str) -> Iterator[Series]:
    for name, taken in result.live.samples_ms.items():
        stage = name if name not in ("latency", "worker") else None
        yield Series(name=f"{of} · camera · {name}", unit="ms", samples=taken, stage=stage, of=of)
    if result.answers_ms:
        name = f"{of} · clicks while a clip is read"
        yield Series(name=name, unit="ms", samples=result.answers_ms, of=of)
    first = result.first
    for moment in ("interactive", "model", "first_result"):
        taken = (getattr(first, f"{moment}_ms"),)
        yield Series(name=f"{of} · first visit · {moment}", unit="ms", samples=taken, of=of)
