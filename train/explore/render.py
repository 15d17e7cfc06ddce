"""An exploration as one page of HTML that needs no other file and no network."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import jinja2
import numpy as np
import numpy.typing as npt

from face_detect.crop import Pixels
from train.data.dataset import Problem
from train.explore.corrections_text import conflict_lines, odd_lines, suspect_lines
from train.explore.explore import Exploration
from train.explore.look import face_of

THUMB_PX = 80
"""At most; smaller pictures are not blown up."""
_QUALITY = 84
_TEMPLATE = Path(__file__).with_name("explore.html.j2")
_BINS = 32
_MOST_SIZES = 8
_MOST_NAMES = 6
_MOST_COLUMNS = 16


@dataclass(frozen=True, kw_only=True)
class Histogram:
    """Equal bins from `low` to `high`."""

    low: float
    high: float
    counts: list[int]
    median: float


def render(exploration: Exploration) -> str:
    """The page."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"percent": _percent, "number": lambda value: f"{value:,}"}
    environment.globals["thumb"] = _thumbs(exploration)
    looks = exploration.looks
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8")).render(
        found=exploration,
        records=looks.records,
        opened=len(looks.records) + len(looks.problems),
        sizes=_sizes(looks.sizes),
        short_sides=_histogram(looks.sizes.min(1).astype(np.float64)) if len(looks.sizes) else None,
        brightness=_histogram(looks.brightness, 0, 255),
        contrast=_histogram(looks.contrast, 0, 128),
        light=_light(exploration),
        most_columns=_MOST_COLUMNS,
        problems=_problems(exploration.problems),
        suspect_lines=suspect_lines(exploration),
        conflict_lines=conflict_lines(exploration),
        odd_lines=odd_lines(exploration),
    )


def _percent(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f}%"


def _thumbs(exploration: Exploration) -> Callable[[int], str]:
    """Pictures are opened again here, for only a few hundred are shown."""
    made: dict[int, str] = {}

    def thumb(place: int) -> str:
        if place not in made:
            record = exploration.looks.records[place]
            picture = record.picture()
            side = min(THUMB_PX, *picture.shape[:2])
            made[place] = _jpeg(face_of(picture, record.box, side))
        return made[place]

    return thumb


def _jpeg(rgb: Pixels) -> str:
    is_grey = bool((rgb == rgb[..., :1]).all())
    pixels = rgb[..., 0] if is_grey else rgb[..., ::-1]
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return "data:image/jpeg;base64," + base64.b64encode(data.tobytes()).decode()


def _sizes(sizes: npt.NDArray[np.int64]) -> list[tuple[str, int]]:
    """The most frequent sizes, then what is left."""
    counts = Counter(f"{width}×{height}" for width, height in sizes.tolist()).most_common()
    rest = sum(count for _, count in counts[_MOST_SIZES:])
    others = [(f"{len(counts) - _MOST_SIZES} other sizes", rest)] if rest else []
    return counts[:_MOST_SIZES] + others


def _histogram(
    values: npt.NDArray[np.float64], low: float | None = None, high: float | None = None
) -> Histogram | None:
    if not len(values):
        return None
    low = float(values.min()) if low is None else low
    high = float(values.max()) if high is None else high
    counts, _ = np.histogram(values, _BINS, (low, high))
    return Histogram(low=low, high=high, counts=counts.tolist(), median=float(np.median(values)))


def _light(exploration: Exploration) -> list[tuple[str, float, float]]:
    """Median brightness and contrast of each label; a label that differs can be told by them."""
    if exploration.head is None:
        return []
    looks, head = exploration.looks, exploration.head
    labels = np.array([record.labels.get(head, "") for record in looks.records])
    shown = next(counts.labels for counts in exploration.heads if counts.head == head)
    return [
        (label, float(np.median(looks.brightness[own])), float(np.median(looks.contrast[own])))
        for label in shown
        if (own := labels == label).any()
    ]


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """By kind, most frequent first, with the first few names."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.kind, []).append(problem)
    ordered = sorted(kinds.items(), key=lambda item: -len(item[1]))
    return [
        {"kind": kind, "count": len(each), "first": each[:_MOST_NAMES]} for kind, each in ordered
    ]
