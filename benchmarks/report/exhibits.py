"""What a report shows besides figures and samples: tables, and points in a plane."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns, and rows of as many cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing's two figures and their 95% intervals, where they are known."""

    name: str
    x: float
    y: float
    x_low: float | None = None
    x_high: float | None = None
    y_low: float | None = None
    y_high: float | None = None
    best: bool = False
    """On the Pareto line: nothing is better in one figure without being worse in the other."""


@dataclass(frozen=True, kw_only=True)
class Scatter:
    """Less of x is better and more of y; y is a share."""

    title: str
    x_title: str
    y_title: str
    points: tuple[Point, ...]
