"""Cartoon faces, drawn: a head, hair, eyes, a nose and a mouth, in flat colours with outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from face_detect.crop import Pixels

_SIDE = 256
_SKINS = ((255, 220, 60), (250, 205, 170), (225, 165, 120), (150, 100, 70), (245, 245, 240))
_EXTRA = ((120, 200, 120), (140, 180, 240), (240, 150, 190), (180, 180, 180))
Colour = Sequence[int]


@dataclass(frozen=True)
class _Pen:
    """Where and with what a face is drawn."""

    canvas: Pixels
    random: np.random.Generator
    ink: Colour
    line: int
    x: int
    y: int
    reach: int
    """Half of the head's width."""

    def at(self, right: float, down: float) -> tuple[int, int]:
        """A place in the face, in units of its reach."""
        return self.x + round(right * self.reach), self.y + round(down * self.reach)

    def oval(
        self, right: float, down: float, wide: float, high: float, fill: Colour | None
    ) -> None:
        """An ellipse, filled, with an outline."""
        centre = self.at(right, down)
        axes = max(1, round(wide * self.reach)), max(1, round(high * self.reach))
        if fill is not None:
            cv2.ellipse(self.canvas, centre, axes, 0, 0, 360, fill, -1, cv2.LINE_AA)
        cv2.ellipse(self.canvas, centre, axes, 0, 0, 360, self.ink, self.line, cv2.LINE_AA)

    def arc(self, right: float, down: float, wide: float, high: float, low: bool) -> None:
        """The lower or the upper half of an ellipse."""
        centre = self.at(right, down)
        axes = max(1, round(wide * self.reach)), max(1, round(high * self.reach))
        first = 0 if low else 180
        cv2.ellipse(
            self.canvas, centre, axes, 0, first, first + 180, self.ink, self.line, cv2.LINE_AA
        )


def cartoon(size: int, random: np.random.Generator) -> Pixels:
    """One of them, RGB [size, size, 3], framed as a face is."""
    paper = [int(value) for value in random.integers(60, 256, 3)]
    canvas = np.full((_SIDE, _SIDE, 3), paper, np.uint8)
    place = [round(_SIDE / 2 + value) for value in random.normal(0, 8, 2)]
    reach = round(_SIDE * random.uniform(0.36, 0.48))
    ink = [int(value) for value in random.integers(0, 60, 3)]
    pen = _Pen(canvas, random, ink, int(random.integers(2, 7)), place[0], place[1], reach)
    skin = _SKINS[random.integers(len(_SKINS))]
    if random.random() < 0.25:
        skin = _EXTRA[random.integers(len(_EXTRA))]
    hair = [int(value) for value in random.integers(0, 200, 3)]
    if random.random() < 0.6:
        pen.oval(0, -0.25, 1.08, 1.1, hair)
    pen.oval(0, 0.05, 1, random.uniform(0.95, 1.2), skin)
    if random.random() < 0.5:
        _fringe(pen, hair)
    _eyes(pen)
    _nose(pen)
    _mouth(pen)
    return np.asarray(cv2.resize(canvas, (size, size), interpolation=cv2.INTER_AREA), np.uint8)


def _fringe(pen: _Pen, hair: Colour) -> None:
    teeth = int(pen.random.integers(3, 9))
    across = np.linspace(-0.9, 0.9, 2 * teeth + 1)
    down = np.where(np.arange(2 * teeth + 1) % 2, pen.random.uniform(-0.6, -0.35), -0.75)
    points = [pen.at(-0.85, -1), *(pen.at(*one) for one in zip(across, down, strict=True))]
    cv2.fillPoly(pen.canvas, [np.array([*points, pen.at(0.85, -1)])], hair, cv2.LINE_AA)


def _eyes(pen: _Pen) -> None:
    apart, down = pen.random.uniform(0.28, 0.5), pen.random.uniform(-0.3, 0)
    wide, high = pen.random.uniform(0.1, 0.28, 2)
    pupil = pen.random.uniform(0.3, 0.8)
    kind = pen.random.integers(0, 3)
    tilt = pen.random.uniform(-0.15, 0.15)
    for side in (-1, 1):
        if kind == 0:
            pen.oval(side * apart, down, wide, high, (255, 255, 255))
            pen.oval(side * apart, down, wide * pupil, wide * pupil, pen.ink)
        elif kind == 1:
            pen.oval(side * apart, down, 0.09, high / 2 + 0.06, pen.ink)
        else:
            pen.arc(side * apart, down, wide, high, low=bool(pen.random.integers(2)))
        ends = (side * (apart - 0.2), down - 0.35 - tilt), (side * (apart + 0.2), down - 0.35)
        cv2.line(pen.canvas, pen.at(*ends[0]), pen.at(*ends[1]), pen.ink, pen.line + 2, cv2.LINE_AA)


def _nose(pen: _Pen) -> None:
    kind = pen.random.integers(0, 3)
    if kind == 0:
        pen.oval(0, 0.2, 0.1, 0.08, [int(value) for value in pen.random.integers(80, 256, 3)])
    elif kind == 1:
        pen.arc(0, 0.2, 0.12, 0.1, low=True)


def _mouth(pen: _Pen) -> None:
    wide, high = pen.random.uniform(0.2, 0.55), pen.random.uniform(0.05, 0.35)
    down = pen.random.uniform(0.45, 0.65)
    kind = pen.random.integers(0, 3)
    if kind == 0:
        pen.oval(0, down, wide, high, [int(value) for value in pen.random.integers(0, 256, 3)])
    else:
        pen.arc(0, down, wide, high, low=kind == 1)
