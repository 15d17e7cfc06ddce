"""A report as one page that needs nothing else: no script, no request, light and dark."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import jinja2

from benchmarks.report import plots, rows, words
from benchmarks.report.compare import TOTAL
from benchmarks.report.report import Report, Series
from benchmarks.report.scatter import draw
from export.report import STYLE

_TEMPLATE = Path(__file__).with_name("report.html.j2")
_LEAST_DRAWN = 10
"""Fewer samples have no distribution; the table has them."""
_OWN_STYLE = Path(__file__).with_name("report.css")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A length with its interval, in percent of the track."""

    label: str
    text: str
    length: float
    low: float
    high: float
    ours: bool
    mark: float | None = None
    """Where the bound stands."""


@dataclass(frozen=True, kw_only=True)
class Ridge:
    """One series' distribution."""

    label: str
    path: str
    p50: float
    p95: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One series in the order of its samples."""

    label: str
    path: str
    most: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Panel:
    """All stages of one thing on one axis."""

    title: str
    ridges: tuple[Ridge, ...]
    most: str
    lines: tuple[Line, ...]


def to_html(report: Report) -> str:
    """The whole page as text."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["date"] = words.date
    style = "".join(path.read_text(encoding="utf-8") for path in (STYLE, _OWN_STYLE))
    drawn = [series for series in report.series if len(series.samples) >= _LEAST_DRAWN]
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        report=report,
        style=style,
        columns=rows.SUMMARY,
        drawings=[draw(scatter) for scatter in report.scatters if scatter.points],
        bounded=[row for row in rows.figure_rows(report) if row.bound],
        others=[row for row in rows.figure_rows(report) if not row.bound],
        races=tuple(_races(report)),
        totals=tuple(_totals(report)),
        panels=tuple(_panels(drawn)),
        changes=rows.change_rows(report),
        series=rows.series_rows(report),
        environment=rows.environment_rows(report),
        facts=[(name, _fact(value)) for name, value in report.facts.items()],
    )


def _races(report: Report) -> Iterator[Bar]:
    bounds = {gate.name: gate.bound for gate in report.gates}
    most = plots.axis(
        max([1.0, *(max(pairs.ratio.high, bounds.get(pairs.name, 0)) for pairs in report.pairs)])
    )
    for pairs in report.pairs:
        found = pairs.ratio
        yield Bar(
            label=words.title(pairs.name),
            text=f"{found.mean_ratio:.2f} × ({found.low:.2f}–{found.high:.2f})",
            length=plots.percent(found.mean_ratio, most),
            low=plots.percent(found.low, most),
            high=plots.percent(found.high, most),
            ours=True,
            mark=plots.percent(bounds[pairs.name], most) if pairs.name in bounds else None,
        )


def _totals(report: Report) -> Iterator[Bar]:
    """Of those whose contestants are told, so that there is something to see beside another."""
    shown = [
        series
        for series in report.series
        if series.unit == "ms" and series.of and series.stage == TOTAL
    ]
    most = plots.axis(max((series.summary.p50_high for series in shown), default=1))
    for series in shown:
        found = series.summary
        yield Bar(
            label=series.group,
            text=f"{words.short(found.p50)} ms ({words.short(found.p50_low)}–"
            f"{words.short(found.p50_high)})",
            length=plots.percent(found.p50, most),
            low=plots.percent(found.p50_low, most),
            high=plots.percent(found.p50_high, most),
            ours=bool(series.of and series.of.startswith("ours")),
        )


def _panels(series: Sequence[Series]) -> Iterator[Panel]:
    """One for each group, in the order in which they were measured."""
    order = list(dict.fromkeys((each.group, each.unit) for each in series))
    kept = sorted(series, key=lambda each: order.index((each.group, each.unit)))
    for (group, unit), found in groupby(kept, key=lambda each: (each.group, each.unit)):
        stages = tuple(found)
        most = plots.axis(max(each.summary.p99 for each in stages))
        yield Panel(
            title=f"{group}, {unit}",
            ridges=tuple(_ridge(each, most) for each in stages),
            most=rows.number(unit, most),
            lines=tuple(_line(each) for each in stages if each.stage in (None, TOTAL)),
        )


def _ridge(series: Series, most: float) -> Ridge:
    found = series.summary
    return Ridge(
        label=series.stage or "all",
        path=plots.ridge(series.samples, most),
        p50=plots.percent(found.p50, most),
        p95=plots.percent(found.p95, most),
        text=" / ".join(rows.number(series.unit, value) for value in (found.p50, found.p95)),
    )


def _line(series: Series) -> Line:
    most = plots.axis(series.summary.max)
    path = plots.timeline(series.samples, most)
    count = series.summary.count
    shown = rows.number(series.unit, most)
    return Line(label=series.stage or "all", path=path, most=shown, count=count)


def _fact(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
