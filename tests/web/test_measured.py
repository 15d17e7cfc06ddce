"""The built site, measured as `python -m benchmarks page` and `soak` do, over a few frames."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.page.measure import PageOptions, measure_page
from benchmarks.report.budgets import judge, read_budgets
from benchmarks.report.report import Report
from benchmarks.site import read_site
from benchmarks.soak import SoakOptions, measure_soak

LASTING = {
    "camera_tensor_drift",
    "page_heap_drift_mb",
    "worker_heap_drift_mb",
    "interactive_vs_model",
    "first_visit_light_bytes",
}
"""Bounds that a busy machine does not excuse."""


@pytest.fixture(scope="module")
def page(site: Path) -> Report:
    options = PageOptions(seconds=0, frames=40, settle_s=5, rounds=1)
    return measure_page(read_site(site), options)


def test_the_site_keeps_to_every_bound_that_a_busy_machine_does_not_excuse(page: Report) -> None:
    gates = [gate for gate in judge(page.figures, read_budgets()) if gate.name in LASTING]
    assert {gate.name for gate in gates} == LASTING
    assert [(gate.name, gate.measured) for gate in gates if not gate.passed] == []


def test_as_much_was_measured_as_was_asked_for(page: Report) -> None:
    counts = {series.name.partition(" · ")[2]: len(series.samples) for series in page.series}
    assert counts["camera · latency"] == page.facts["frames_answered"]
    assert counts["camera · latency"] >= 40
    assert counts["clicks while a clip is read"] == 5
    assert page.facts["charts_in_view"]


def test_frames_through_the_library_leave_no_tensor(site: Path) -> None:
    report = measure_soak(read_site(site), SoakOptions(frames=100, warmup=20))
    assert report.figures["tensor_drift"] == 0
    assert report.facts["lost"] == 0
