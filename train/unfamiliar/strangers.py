"""Pictures to learn from that are no faces: noise, textures, shapes, faces in pieces.

A net that has only ever seen faces finds a feeling in a wall, too. These teach it not to
(outlier exposure, https://arxiv.org/abs/1812.04606). What `python -m train unfamiliar` judges by is
drawn by other rules, so that a good figure there is no memory of these; but noise in grains of one
pixel is near to a sensor's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from face_detect.crop import Pixels

Draw = Callable[[Pixels, np.random.Generator], Pixels]


def strangers(faces: Pixels, count: int, random: np.random.Generator) -> Pixels:
    """So many of them, as large as the faces [N, S, S, C], some of them made of those."""
    kinds = random.integers(0, len(KINDS), count)
    chosen = random.integers(0, len(faces), count)
    made = [KINDS[kind](faces[i], random) for kind, i in zip(kinds, chosen, strict=True)]
    return np.stack(made) if made else faces[:0]


def _noise(face: Pixels, random: np.random.Generator) -> Pixels:
    """Even noise in grains of one pixel or of many."""
    grains = int(random.integers(3, face.shape[0] + 1))
    low, high = np.sort(random.integers(0, 256, 2)).tolist()
    coarse = random.integers(low, high + 1, (grains, grains, face.shape[2]), dtype=np.uint8)
    how = random.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC])
    return _sized(coarse, face, int(how))


def _waves(face: Pixels, random: np.random.Generator) -> Pixels:
    """A texture: a few waves across each other."""
    row, column = np.mgrid[: face.shape[0], : face.shape[1]][..., None] / face.shape[0]
    total = np.zeros(face.shape)
    for _ in range(int(random.integers(1, 6))):
        along, across = random.normal(0, 5, 2)
        phase = random.uniform(0, 2 * np.pi, face.shape[2])
        total += np.sin(2 * np.pi * (along * row + across * column) + phase)
    return _levels(total, random)


def _slope(face: Pixels, random: np.random.Generator) -> Pixels:
    """An even field, lit from a side."""
    row, column = np.mgrid[: face.shape[0], : face.shape[1]][..., None] / face.shape[0]
    along, across = random.normal(0, 0.7, 2)
    bend = random.normal(0, 0.5) * (row - random.random()) ** 2
    level = 255 * (random.random(face.shape[2]) + along * row + across * column + bend)
    return _bytes(level + random.normal(0, random.uniform(0, 6), face.shape))


def _shapes(face: Pixels, random: np.random.Generator) -> Pixels:
    """Rectangles, ellipses and lines, filled or only outlined."""
    side, depth = face.shape[0], face.shape[2]
    canvas = np.full((side * 4, side * 4, depth), random.integers(0, 256, depth), np.uint8)
    for _ in range(int(random.integers(1, 14))):
        colour = random.integers(0, 256, depth).tolist()
        (x, y, right, low), (wide, high) = _points(canvas, random)
        width = int(random.choice([-1, -1, 2, 4, 8, 16]))
        kind = random.integers(0, 3)
        if kind == 0:
            cv2.rectangle(canvas, (x, y), (right, low), colour, width)
        elif kind == 1:
            turn, end = float(random.integers(0, 360)), float(random.choice([180, 360]))
            cv2.ellipse(canvas, (x, y), (wide, high), turn, 0, end, colour, width)
        else:
            cv2.line(canvas, (x, y), (right, low), colour, abs(width))
    return _sized(canvas, face, cv2.INTER_AREA)


def _mirrored(face: Pixels, random: np.random.Generator) -> Pixels:
    """Shapes that are alike on both sides, as sockets and cars are and faces are, too."""
    shapes = _shapes(face, random)
    half = shapes.shape[1] // 2
    shapes[:, -half:] = shapes[:, half - 1 :: -1]
    return shapes


def _shuffled(face: Pixels, random: np.random.Generator) -> Pixels:
    """A face's patches in another order, some of them turned."""
    pieces = int(random.integers(2, 7))
    edge = -(-face.shape[0] // pieces)
    whole = _deep(cv2.resize(face, (edge * pieces, edge * pieces)))
    grid = whole.reshape(pieces, edge, pieces, edge, -1).swapaxes(1, 2)
    patches = grid.reshape(pieces * pieces, edge, edge, -1)[random.permutation(pieces * pieces)]
    turned = [np.rot90(patch, int(random.integers(0, 4))) for patch in patches]
    rows = np.stack(turned).reshape(pieces, pieces, edge, edge, -1).swapaxes(1, 2)
    return _sized(np.ascontiguousarray(rows.reshape(whole.shape)), face, cv2.INTER_AREA)


def _part(face: Pixels, random: np.random.Generator) -> Pixels:
    """A small part of a face, as large as a whole one: skin, hair, an edge."""
    side = face.shape[0]
    part = max(2, int(side * random.uniform(0.12, 0.4)))
    top, left = random.integers(0, side - part + 1, 2)
    cut = np.rot90(face[top : top + part, left : left + part], int(random.integers(0, 4)))
    return _sized(np.ascontiguousarray(cut), face, cv2.INTER_CUBIC)


def _flattened(face: Pixels, random: np.random.Generator) -> Pixels:
    """A face in two to four even levels with hard edges, as in print."""
    smooth = cv2.medianBlur(face, int(random.choice([3, 5])))
    levels = int(random.integers(2, 5))
    cuts = np.quantile(smooth, np.linspace(0, 1, levels + 1)[1:-1])
    tones = np.sort(random.integers(0, 256, levels)).astype(np.uint8)
    return _deep(tones[np.digitize(smooth, cuts)])


def _outlined(face: Pixels, random: np.random.Generator) -> Pixels:
    """Only a face's edges, as a pen would draw them."""
    low = random.integers(40, 120)
    edges = cv2.Canny(face[..., 0], float(low), float(low * 2))[..., None] > 0
    ink, paper = random.integers(0, 256, (2, face.shape[2]))
    drawn = np.where(edges, ink, paper).astype(np.uint8)
    return _deep(cv2.GaussianBlur(drawn, (0, 0), float(random.uniform(0.3, 0.8))))


def _points(canvas: Pixels, random: np.random.Generator) -> tuple[Sequence[int], Sequence[int]]:
    side = canvas.shape[0]
    corners = [int(value) for value in random.integers(-side // 8, side + side // 8, 4)]
    return corners, [int(value) for value in random.integers(side // 40, side // 2, 2)]


def _levels(values: np.ndarray, random: np.random.Generator) -> Pixels:
    """Stretched between two levels that are drawn."""
    low, high = np.sort(random.uniform(0, 255, 2))
    spread = np.ptp(values) or 1.0
    return _bytes(low + (high - low) * (values - values.min()) / spread)


def _bytes(values: np.ndarray) -> Pixels:
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)


def _sized(picture: Pixels, like: Pixels, how: int) -> Pixels:
    return _deep(cv2.resize(picture, like.shape[1::-1], interpolation=how))


def _deep(picture: np.ndarray) -> Pixels:
    """OpenCV drops the axis of a single channel."""
    deep: Pixels = picture[..., None] if picture.ndim == 2 else picture
    return deep


KINDS: tuple[Draw, ...] = (
    _noise,
    _waves,
    _slope,
    _shapes,
    _mirrored,
    _shuffled,
    _part,
    _flattened,
    _outlined,
)
