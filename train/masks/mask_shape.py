"""The outline of a mask on a face, from the face's landmarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Worn = Literal["worn", "wrong"]
WORN: tuple[Worn, ...] = ("worn", "wrong")
Place = npt.NDArray[np.float64]
"""x and y, in units of the face's width, from the middle between the eyes; y is downwards."""
_RIGHT_EYE, _LEFT_EYE = slice(36, 42), slice(42, 48)
# Points are numbered as in iBUG 300-W, from 0.
_EARS = (0, 16)
_CHIN = 8
_BRIDGE, _BELOW_NOSE, _UPPER_LIP, _LOWER_LIP = 28, 33, 51, 57


@dataclass(frozen=True, kw_only=True)
class MaskShape:
    """In the picture's pixels."""

    outline: Place
    """[K, 2], closed."""
    loops: tuple[Place, ...]
    """Lines [L, 2] from the mask's sides to the ears."""
    origin: Place
    across: Place
    """The face's own right and down as vectors, as long as the face is wide and high below the
    eyes: what the cloth is laid along."""
    down: Place


def mask_shape(points: Place, worn: Worn, random: np.random.Generator) -> MaskShape:
    """Worn over nose and chin; or wrong, below the nose or on the chin. Points are pixels."""
    ears = points[list(_EARS)]
    eyes = (points[_RIGHT_EYE].mean(0) + points[_LEFT_EYE].mean(0)) / 2
    across, down = ears[1] - ears[0], points[_CHIN] - eyes
    top, first = _top(points, worn, random)
    jaw = _jaw(points, first, down, random)
    left, right = jaw[0], jaw[-1]
    sag = random.uniform(-0.03, 0.05) * down
    edge = _bent(left, top, right, sag)
    return MaskShape(
        outline=np.concatenate([jaw, edge[::-1]]),
        loops=_loops(jaw, ears, across, down, random),
        origin=eyes,
        across=across,
        down=down,
    )


def _top(points: Place, worn: Worn, random: np.random.Generator) -> tuple[Place, int]:
    """The upper edge's middle, and the point of the jaw, from the ear, at which the mask begins."""
    if worn == "worn":
        return _between(points, _BRIDGE, 29 if random.random() < 0.5 else 27, random), 2
    if random.random() < 0.5:
        return _between(points, _BELOW_NOSE, _UPPER_LIP, random), 3
    return _between(points, _LOWER_LIP, _CHIN, random, most=0.45), 4


def _between(
    points: Place, near: int, far: int, random: np.random.Generator, most: float = 0.8
) -> Place:
    place: Place = points[near] + random.uniform(0.1, most) * (points[far] - points[near])
    return place


def _jaw(points: Place, first: int, down: Place, random: np.random.Generator) -> Place:
    """Along the jaw and a little beyond: cloth stands off from it, most at the chin."""
    first += int(random.integers(0, 2))
    jaw = points[first : 17 - first]
    middle = jaw.mean(0)
    out = 1 + random.uniform(0.0, 0.08)
    hang = np.sin(np.linspace(0, np.pi, len(jaw)))[:, None] * random.uniform(0.0, 0.12)
    spread: Place = middle + (jaw - middle) * out + hang * down
    return spread


def _bent(left: Place, top: Place, right: Place, sag: Place, steps: int = 24) -> Place:
    """From one side over the middle to the other: two bows, each sagging as cloth does."""
    along = np.linspace(0, 1, steps)[:, None]
    halves = []
    for begin, end in ((left, top), (top, right)):
        bow = (begin + end) / 2 + sag
        halves.append((1 - along) ** 2 * begin + 2 * along * (1 - along) * bow + along**2 * end)
    edge: Place = np.concatenate(halves)
    return edge


def _loops(
    jaw: Place, ears: Place, across: Place, down: Place, random: np.random.Generator
) -> tuple[Place, ...]:
    """Two lines a side, one from the upper and one from the lower corner, to behind the ear."""
    away = random.uniform(0.01, 0.06) * across
    lift = random.uniform(-0.05, 0.25) * down
    lower = max(1, len(jaw) // 5)
    found = []
    for ear, corners, out in (
        (ears[0], (jaw[0], jaw[lower]), -away),
        (ears[1], (jaw[-1], jaw[-1 - lower]), away),
    ):
        end = ear + out - lift
        found += [_line(corner, end, out) for corner in corners]
    return tuple(found)


def _line(begin: Place, end: Place, bulge: Place) -> Place:
    along = np.linspace(0, 1, 12)[:, None]
    middle = (begin + end) / 2 + bulge
    line: Place = (1 - along) ** 2 * begin + 2 * along * (1 - along) * middle + along**2 * end
    return line
