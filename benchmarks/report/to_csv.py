"""Every sample as a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from benchmarks.report.report import Report

COLUMNS = ("series", "unit", "index", "value")
Row = tuple[str, str, int, float]


def to_csv(report: Report) -> str:
    """By RFC 4180; of pairs both sides, as series of their own."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows(_rows(report))
    return text.getvalue()


def _rows(report: Report) -> Iterator[Row]:
    for series in report.series:
        yield from _samples(series.name, series.unit, series.samples)
    for pairs in report.pairs:
        yield from _samples(f"{pairs.name} · ours", "ms", pairs.ours)
        yield from _samples(f"{pairs.name} · theirs", "ms", pairs.theirs)


def _samples(name: str, unit: str, samples: tuple[float, ...]) -> Iterator[Row]:
    return ((name, unit, index, value) for index, value in enumerate(samples))
