"""A report as Markdown, to be pasted where people talk about a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.report import rows, words
from benchmarks.report.report import Report

_PAIRS = ("", "times as fast", "95%", "median", "least", "most", "pairs")
_SERIES = ("", "unit", "samples", *rows.SUMMARY, "95% of p50")


def to_markdown(report: Report) -> str:
    """Figures against their bounds first; every sample is in the JSON and the CSV."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# Benchmark {rows.headline(report)}"
    yield from _reasons("This run is invalid:", report.validity.reasons)
    if report.figures:
        figures = [
            (f"{row.title} (`{row.name}`)", row.measured, row.bound, row.verdict)
            for row in rows.figure_rows(report)
        ]
        yield from _table("Figures", ("", "measured", "bound", ""), figures)
    for table in report.tables:
        yield from _table(table.title, table.columns, table.rows)
        if table.note:
            yield f"\n{_cell(table.note)}"
    if report.pairs:
        yield from _table("Peers, pair by pair", _PAIRS, rows.pair_rows(report))
    yield from _comparison(report)
    if report.series:
        yield from _table("Series", _SERIES, rows.series_rows(report))
    yield from _table("Measured on", ("", ""), rows.environment_rows(report))


def _comparison(report: Report) -> Iterator[str]:
    found = report.comparison
    if found is None:
        return
    heading = f"Since {words.date(found.old_date)}" + (
        f" ({found.old_code})" if found.old_code else ""
    )
    columns = ("", "before", "now", "now / before", "")
    yield from _table(heading, columns, rows.change_rows(report))
    yield from _reasons("Times of the two runs do not compare:", found.reasons)


def _reasons(told: str, reasons: Sequence[str]) -> Iterator[str]:
    if reasons:
        yield f"\n**{told}**\n"
        yield from (f"- {_cell(reason)}" for reason in reasons)


def _table(heading: str, columns: Sequence[str], body: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"\n## {heading}\n"
    yield f"| {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * (len(columns) - 1)}"
    for row in body:
        yield f"| {' | '.join(_cell(text) for text in row)} |"


def _cell(text: str) -> str:
    """A browser's name for its GPU may hold anything."""
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").split())
