"""What the plots over time share: colours, direct labels, and the file they go to."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import PercentFormatter

_KNOWN = {
    "angry": "#c8423a",
    "disgust": "#6d8a2f",
    "fear": "#8a5fae",
    "happy": "#d69a1a",
    "sad": "#3b6ea8",
    "surprise": "#2f9a94",
    "neutral": "#7a7d83",
}
_OTHERS = ("#a8487f", "#3f8f5f", "#b0703a", "#4a4f9a", "#8d6e63", "#5f7d8c", "#c2649a")
_CJK = ("Noto Sans CJK KR", "Noto Sans CJK JP", "NanumGothic", "Malgun Gothic", "AppleGothic")
_LEAST_GAP = 0.05
PLOTS = (".png", ".svg")


def colours(labels: Sequence[str]) -> dict[str, str]:
    """One colour a label, the same in every plot."""
    rest = iter(_OTHERS * len(labels))
    return {label: _KNOWN.get(label) or next(rest) for label in labels}


def draw_shares(
    axis: Axes,
    times_s: Sequence[float],
    rows: Sequence[Sequence[float] | None],
    labels: Sequence[str],
) -> None:
    """One curve a label, named at its end; it breaks where there is no row."""
    colour = colours(labels)
    ends = {}
    for column, label in enumerate(labels):
        values = [math.nan if row is None else row[column] for row in rows]
        axis.plot(times_s, values, color=colour[label], linewidth=1.5)
        ends[label] = next((value for value in reversed(values) if value == value), 0.0)
    _calm(axis)
    axis.margins(x=0)
    _label_ends(axis, ends, colour)


def _label_ends(axis: Axes, ends: Mapping[str, float], colour: Mapping[str, str]) -> None:
    """Write each curve's name beside its end, pushed apart where ends are close."""
    height = 0.0
    below = -_LEAST_GAP
    for label, value in sorted(ends.items(), key=lambda item: item[1]):
        height = max(value, below + _LEAST_GAP)
        axis.annotate(
            label,
            xy=(1, height),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            color=colour[label],
            va="center",
            fontsize="small",
            annotation_clip=False,
            parse_math=False,
        )
        below = height


def _calm(axis: Axes) -> None:
    """Probabilities upward, faint lines, no frame."""
    axis.set_ylim(0, 1)
    axis.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axis.grid(alpha=0.2)
    axis.spines[["top", "right"]].set_visible(False)


def save_plot(figure: Figure, path: Path) -> None:
    """As the file's name says, PNG or SVG; a name in any script, and no `$` in it is a formula."""
    present = set(font_manager.get_font_names())
    fonts = ["DejaVu Sans", *(name for name in _CJK if name in present)]
    # A text keeps the family it was made with, so settings at this late hour reach none.
    for text in figure.findobj(Text):
        text.set_fontfamily(fonts)
    with warnings.catch_warnings():
        # A machine without the script's font still gets its curves.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(path, format=path.suffix[1:].lower(), dpi=150)
