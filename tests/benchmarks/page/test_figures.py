import dataclasses
from typing import Any

import pytest

from benchmarks.page.figures import page_figures, page_reasons
from benchmarks.page.result import FetchedFile, FirstVisit, Heap, Live, LongTask, PageResult

RESULT = PageResult(
    first=FirstVisit(
        interactive_ms=200.0,
        model_ms=800.0,
        first_result_ms=900.0,
        files=(
            FetchedFile(path="index.html", sent_bytes=250_000),
            FetchedFile(path="models/emotion/weights.bin", sent_bytes=3_000_000),
            FetchedFile(path="assets/runtime-simd.wasm", sent_bytes=100_000),
        ),
    ),
    live=Live(
        seconds=80.0,
        presented=2400,
        answered=2000,
        page_drops=3,
        backend="wasm",
        charts=True,
        samples_ms={},
        tensors_before=200,
        tensors_after=199,
        heaps=(
            Heap(place="page", before_bytes=5_000_000, after_bytes=7_000_000),
            Heap(place="worker", before_bytes=8_000_000, after_bytes=7_000_000),
        ),
        long_tasks=(LongTask(at_ms=100.0, duration_ms=70.0),),
    ),
    answers_ms=(16.0, 104.0, 24.0),
)


def in_live(**changes: Any) -> PageResult:
    return dataclasses.replace(RESULT, live=dataclasses.replace(RESULT.live, **changes))


def test_every_figure_follows_from_what_was_seen() -> None:
    assert dict(page_figures(RESULT)) == pytest.approx(
        {
            "camera_results_per_s": 25,
            "camera_dropped_ratio": 1 / 6,
            "long_tasks": 1,
            "camera_tensor_drift": 1,
            "page_heap_drift_mb": 1,
            "worker_heap_drift_mb": -0.5,
            "slow_clicks": 1,
            "interactive_vs_model": 0.25,
            "first_visit_light_bytes": 250_000,
        }
    )


def test_a_long_look_with_its_charts_in_view_is_valid() -> None:
    assert list(page_reasons(RESULT)) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"charts": False}, "out of view"),
        ({"seconds": 9.0}, "10 s is the least"),
        ({"presented": 20}, "20 samples"),
    ],
)
def test_a_look_that_says_nothing_is_invalid(changed: dict[str, Any], said: str) -> None:
    (reason,) = page_reasons(in_live(**changed))
    assert said in reason


def test_a_camera_that_brings_nothing_has_dropped_everything() -> None:
    assert in_live(presented=0, answered=0, seconds=0.0).live.dropped_ratio == 1


def test_of_fewer_than_a_thousand_frames_the_whole_growth_counts() -> None:
    grown = Heap(place="page", before_bytes=0, after_bytes=500_000)
    assert [grown.drift_bytes(frames) for frames in (100, 1000, 5000)] == [5e5, 5e5, 1e5]
