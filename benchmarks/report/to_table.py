"""A report as a terminal of 80 columns shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from benchmarks.report import rows, words
from benchmarks.report.report import Report, Series

_FIT = 8
"""Columns of a table that a terminal has room for; the files have the rest."""
_QUIET = ("the same", "not comparable")
"""Verdicts that are counted; the files name each."""
_COLOURS = {
    "passed": "green",
    "failed": "bold red",
    "faster": "green",
    "better": "green",
    "slower": "bold red",
    "worse": "bold red",
}


def to_table(report: Report) -> RenderableType:
    """Figures, pairs, changes and series, as far as there are any."""
    return Group(*_parts(report))


def _parts(report: Report) -> Iterator[RenderableType]:
    where = report.environment
    yield Text(rows.headline(report), style="bold" if report.validity.valid else "bold red")
    yield Text(f"{where.processor}, {where.browser_name or 'no browser'}", style="dim")
    yield from (Text(f"  invalid: {reason}", style="red") for reason in report.validity.reasons)
    for table in report.tables:
        yield Text(table.title, style="bold")
        yield _table(table.columns[:_FIT], [row[:_FIT] for row in table.rows])
    if report.series and not report.tables:
        yield _series(report)
    if report.pairs:
        columns = ("peers, pair by pair", "faster", "95%", "least", "most", "pairs")
        body = [(row[0], row[1], row[2], *row[4:]) for row in rows.pair_rows(report)]
        yield _table(columns, body)
    yield from _changes(report)
    if report.figures:
        yield _figures(report)


def _series(report: Report) -> Table:
    """Mean and tail, the stages of one thing below its name; the files have the rest."""
    body: list[tuple[str, ...]] = []
    title = ""
    for series in report.series:
        if series.stage and series.group != title:
            body.append((series.group, *[""] * 5))
        title = series.group
        name = f"  {series.stage}" if series.stage else series.name
        body.append((name, series.unit, *_figures_of(series)))
    return _table(("series", "", "n", "mean", "p50", "p95", "max"), body)


def _figures_of(series: Series) -> Iterator[str]:
    found = series.summary
    yield str(found.count)
    for value in (found.mean, found.p50, found.p95, found.max):
        yield rows.number(series.unit, value)


def _changes(report: Report) -> Iterator[RenderableType]:
    if report.comparison is None:
        return
    since = f"since {words.date(report.comparison.old_date)}"
    body = [(name, ratio, verdict) for name, _, _, ratio, verdict in rows.change_rows(report)]
    yield _table((since, "now / before", ""), [row for row in body if row[2] not in _QUIET])
    for verdict in _QUIET:
        if count := sum(row[2] == verdict for row in body):
            yield Text(f"  {verdict}: {count} of {len(body)}", style="dim")
    for reason in report.comparison.reasons:
        yield Text(f"  times do not compare: {reason}", style="yellow")


def _figures(report: Report) -> Table:
    body = [(row.name, row.measured, row.bound, row.verdict) for row in rows.figure_rows(report)]
    return _table(("figure", "measured", "bound", ""), body)


def _table(columns: Sequence[str], body: Sequence[tuple[str, ...]]) -> Table:
    drawn = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for place, name in enumerate(columns):
        drawn.add_column(name, justify="right" if place else "left", overflow="fold")
    for row in body:
        drawn.add_row(*(_cell(text) for text in row))
    return drawn


def _cell(text: str) -> Text:
    return Text(text, style=_COLOURS.get(text.partition(",")[0], ""))
