"""A measurement of a page that keeps to every bound."""

from __future__ import annotations

from benchmarks.page_result import (
    FetchedFile,
    FirstVisit,
    Heap,
    Latency,
    Live,
    LongTask,
    PageResult,
)
from benchmarks.result import this_machine

TASK = LongTask(at_ms=100.0, duration_ms=70.0)


def page_result() -> PageResult:
    return PageResult(
        machine=this_machine("a browser"),
        model="emotion",
        variant="u8",
        others_share=0.02,
        warmup=200,
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
            results=2000,
            seconds=80.0,
            dropped=3,
            backend="wasm",
            latencies=tuple(Latency(median_ms=ms, p95_ms=2 * ms) for ms in (14, 12, 20)),
            tensors_before=200,
            tensors_after=200,
            heaps=(
                Heap(place="page", before_bytes=5_000_000, after_bytes=7_000_000),
                Heap(place="worker", before_bytes=8_000_000, after_bytes=7_000_000),
            ),
            long_tasks=(),
        ),
        answers_ms=(16.0, 100.0, 24.0),
    )
