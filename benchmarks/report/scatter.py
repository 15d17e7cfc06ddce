"""Points in a plane with their names beside them, drawn as SVG that the page's style colours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from benchmarks.report.exhibits import Point, Scatter

WIDTH, HEIGHT = 960, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 20, 16, 46
_LETTER, _LINE = 6.6, 13
"""How much room a name takes at 11 pixels."""
_RADIUS = 4.5
_ROUND = (1, 1.5, 2, 3, 5, 7)
_Place: TypeAlias = tuple[float, float]
_SHARES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A mark on an axis."""

    at: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A point where it is drawn, its intervals' ends and its name's place."""

    x: float
    y: float
    x_low: float
    x_high: float
    y_low: float
    y_high: float
    name: str
    name_x: float
    name_y: float
    anchor: str
    lead: str
    """From the point to a name that is not right beside it."""
    best: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """All that the page's template needs."""

    title: str
    x_title: str
    y_title: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    line: str
    """The Pareto line: the best that is to be had for each x."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


@dataclass(frozen=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, one: _Place, other: _Place) -> _Box:
        """An upright or level line with a little room."""
        (left, right), (top, bottom) = (sorted(pair) for pair in zip(one, other, strict=True))
        return cls(left - 1, top - 1, right - left + 2, bottom - top + 2)

    def shared(self, other: _Box) -> float:
        """The area that both cover."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(0.0, across) * max(0.0, down)


def draw(scatter: Scatter) -> Drawing:
    """x by its logarithm, for nets differ by factors."""
    plane = _Plane(scatter.points)
    places = [(plane.x(point.x), plane.y(point.y)) for point in scatter.points]
    best = sorted(place for p, place in zip(scatter.points, places, strict=True) if p.best)
    names = _names(scatter.points, places, _steps(best))
    return Drawing(
        title=scatter.title,
        x_title=scatter.x_title,
        y_title=scatter.y_title,
        x_ticks=tuple(Tick(at=plane.x(x), text=f"{x:g}") for x in plane.x_marks()),
        y_ticks=tuple(Tick(at=plane.y(y), text=f"{100 * y:.3g}%") for y in plane.y_marks()),
        dots=tuple(
            _dot(point, place, name, plane)
            for point, place, name in zip(scatter.points, places, names, strict=True)
        ),
        line=_path(_steps(best)),
    )


class _Plane:
    """Where a pair of figures lies."""

    def __init__(self, points: Sequence[Point]) -> None:
        xs = [x for p in points for x in (p.x, p.x_low, p.x_high) if x is not None]
        ys = [y for p in points for y in (p.y, p.y_low, p.y_high) if y is not None]
        self._x_low, self._x_high = math.log(min(xs) / 1.12), math.log(max(xs) * 1.12)
        room = max(0.01, (max(ys) - min(ys)) * 0.12)
        self._y_low, self._y_high = min(ys) - room, max(ys) + room

    def x(self, value: float) -> float:
        share = (math.log(value) - self._x_low) / (self._x_high - self._x_low)
        return _LEFT + share * (WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        share = (value - self._y_low) / (self._y_high - self._y_low)
        return HEIGHT - _BOTTOM - share * (HEIGHT - _BOTTOM - _TOP)

    def x_marks(self) -> Iterator[float]:
        """Round numbers between both ends."""
        first = math.floor(self._x_low / math.log(10))
        last = math.ceil(self._x_high / math.log(10))
        marks = [step * 10.0**power for power in range(first, last) for step in _ROUND]
        inside = [mark for mark in marks if self._x_low <= math.log(mark) <= self._x_high]
        yield from inside or [math.exp((self._x_low + self._x_high) / 2)]

    def y_marks(self) -> Iterator[float]:
        """At most eight shares between both ends, evenly apart."""
        span = self._y_high - self._y_low
        step = next((each for each in _SHARES if span / each <= 8), _SHARES[-1])
        for number in range(math.ceil(self._y_low / step), math.floor(self._y_high / step) + 1):
            yield number * step


@dataclass(frozen=True)
class _Name:
    x: float
    y: float
    anchor: str
    box: _Box


def _dot(point: Point, place: _Place, name: _Name, plane: _Plane) -> Dot:
    x, y = place
    return Dot(
        x=x,
        y=y,
        x_low=x if point.x_low is None else plane.x(point.x_low),
        x_high=x if point.x_high is None else plane.x(point.x_high),
        y_low=y if point.y_low is None else plane.y(point.y_low),
        y_high=y if point.y_high is None else plane.y(point.y_high),
        name=point.name,
        name_x=name.x,
        name_y=name.y,
        anchor=name.anchor,
        lead=_lead(place, name),
        best=point.best,
    )


def _lead(place: _Place, name: _Name) -> str:
    x, y = place
    if abs(name.y - y) <= 1.5 * _LINE and (name.anchor == "middle" or name.y == y):
        return ""
    edge = name.y + math.copysign(_LINE / 2, y - name.y) if name.anchor == "middle" else name.y
    return f"M{x:.1f},{y:.1f}L{name.x:.1f},{edge:.1f}"


def _names(
    points: Sequence[Point], places: Sequence[_Place], steps: Sequence[_Place]
) -> list[_Name]:
    """Each beside its point, where it covers least of the others; the line's own choose first."""
    taken = [_Box(x - _RADIUS, y - _RADIUS, 2 * _RADIUS, 2 * _RADIUS) for x, y in places]
    taken += [_Box.around(one, other) for one, other in pairwise(steps)]
    order = sorted(range(len(points)), key=lambda index: (not points[index].best, places[index]))
    found: dict[int, _Name] = {}
    for index in order:
        options = list(_around(places[index], len(points[index].name) * _LETTER))
        found[index] = min(options, key=lambda name: _covered(name.box, taken))
        taken.append(found[index].box)
    return [found[index] for index in range(len(points))]


def _around(place: _Place, width: float) -> Iterator[_Name]:
    """The places beside a point, the best first: right, left, above, below, then further away."""
    x, y = place
    gap = _RADIUS + 3
    for far in range(4):
        for down in dict.fromkeys((-far * _LINE, far * _LINE)):
            across = gap + far * _LINE / 2
            yield _named(x + across, y + down, "start", width)
            yield _named(x - across, y + down, "end", width)
            yield _named(x, y + down - gap - _LINE / 2, "middle", width)
            yield _named(x, y + down + gap + _LINE / 2, "middle", width)


def _named(x: float, y: float, anchor: str, width: float) -> _Name:
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return _Name(x, y, anchor, _Box(left, y - _LINE / 2, width, _LINE))


def _covered(box: _Box, taken: Sequence[_Box]) -> float:
    """Of others, and of what lies outside of the plane."""
    plane = _Box(_LEFT, _TOP, WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM)
    outside = box.width * box.height - box.shared(plane)
    return outside * 4 + sum(box.shared(other) for other in taken)


def _steps(best: Sequence[_Place]) -> list[_Place]:
    """The line's corners: between two nets there is nothing better than the quicker one."""
    if not best:
        return []
    corners: list[_Place] = [(best[0][0], HEIGHT - _BOTTOM), best[0]]
    for x, y in best[1:]:
        corners += [(x, corners[-1][1]), (x, y)]
    return [*corners, (WIDTH - _RIGHT, corners[-1][1])]


def _path(corners: Sequence[_Place]) -> str:
    return "L".join(f"{x:.1f},{y:.1f}" for x, y in corners).join(("M", "")) if corners else ""
