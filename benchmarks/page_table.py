"""A measurement of the page as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from benchmarks.page_gates import verdict
from benchmarks.page_result import Gate, PageResult


def page_table(result: PageResult, gates: tuple[Gate, ...]) -> Table:
    """Measured beside allowed; below them what has no bound."""
    title = f"{result.model} ({result.variant}), {result.live.results} frames live"
    caption = f"{result.machine.processor}; others took {result.others_share:.0%} of it"
    drawn = Table(title=title, caption=caption)
    drawn.add_column("")
    for name in ("measured", "allowed"):
        drawn.add_column(name, justify="right", no_wrap=True)
    drawn.add_column("", no_wrap=True)
    for gate in gates:
        shown = [_figure(value, gate.unit) for value in (gate.measured, gate.allowed)]
        drawn.add_row(gate.name, *shown, verdict(gate, result.others_share))
    drawn.add_section()
    for name, value, unit in _figures(result):
        drawn.add_row(name, _figure(value, unit), "", "")
    return drawn


def _figures(result: PageResult) -> Iterator[tuple[str, float, str]]:
    first, live = result.first, result.live
    yield "results per second", live.per_second, ""
    yield "latency, median", live.median_ms, "ms"
    yield "latency, p95", live.p95_ms, "ms"
    yield "frames dropped", live.dropped, ""
    yield "interactive", first.interactive_ms, "ms"
    yield "model runs", first.model_ms, "ms"
    yield "first result", first.first_result_ms, "ms"
    yield "first visit", sum(file.sent_bytes for file in first.files) / 1000, "KB"


def _figure(value: float, unit: str) -> str:
    digits = 0 if value == round(value) or abs(value) >= 100 else 2
    return f"{value:,.{digits}f} {unit}".rstrip()
