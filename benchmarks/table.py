"""A result as a person reads it."""

from __future__ import annotations

from rich.table import Table

from benchmarks.result import Result

FIGURES = ("mean", "sd", "min", "p50", "p90", "p95", "p99", "max")


def table(result: Result) -> Table:
    """One column a series, in milliseconds: it fits a terminal of 80 characters."""
    title = f"{result.model} ({result.variant}), ms per frame"
    drawn = Table(title=title, caption=result.machine.processor)
    drawn.add_column("")
    for series in result.series:
        drawn.add_column(f"{series.name} ({series.backend})", justify="right", no_wrap=True)
    summaries = [series.summary for series in result.series]
    sizes = ["×".join(str(length) for length in series.shape[1:]) for series in result.series]
    drawn.add_row("input", *sizes)
    drawn.add_row("frames", *(str(summary.count) for summary in summaries))
    for figure in FIGURES:
        drawn.add_row(figure, *(f"{getattr(summary, figure):.2f}" for summary in summaries))
    intervals = [f"{summary.p50_low:.2f}–{summary.p50_high:.2f}" for summary in summaries]
    drawn.add_row("95% of p50", *intervals)
    return drawn
