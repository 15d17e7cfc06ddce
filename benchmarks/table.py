"""A result as a person reads it."""

from __future__ import annotations

from rich.table import Table

from benchmarks.result import Result

COLUMNS = ("mean", "sd", "min", "p50", "p90", "p95", "p99", "max")


def table(result: Result) -> Table:
    """One row a series, in milliseconds."""
    title = f"{result.model} ({result.variant}), ms per frame"
    drawn = Table(title=title, caption=result.machine.processor)
    drawn.add_column("net")
    for name in ("input", "n", *COLUMNS, "95% of p50"):
        drawn.add_column(name, justify="right", no_wrap=True)
    for series in result.series:
        summary = series.summary
        drawn.add_row(
            f"{series.name} ({series.backend})",
            "×".join(str(length) for length in series.shape[1:]),
            str(summary.count),
            *(f"{getattr(summary, column):.2f}" for column in COLUMNS),
            f"{summary.p50_low:.2f}–{summary.p50_high:.2f}",
        )
    return drawn
