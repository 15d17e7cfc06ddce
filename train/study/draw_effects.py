"""Curves of a top-up: skew and scores against the pictures that were added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from train.study.draw_arms import INK, calm, png
from train.study.student import Interval
from train.study.table import TITLES
from train.study.top_up_study import MOVED, Effect

_SCORES = ("macro_recall", "macro_f1")


def draw_effects(found: Sequence[Effect]) -> bytes:
    """A PNG of one dataset: scores above, below them the skew and what is said of each label."""
    figure = Figure(figsize=(5.2, 6.6), dpi=160, layout="constrained")
    score_axis, skew_axis = figure.subplots(2, 1, sharex=True)
    for number, key in enumerate(_SCORES):
        _line(score_axis, found, [each.figures[key] for each in found], TITLES[key], f"C{number}")
    _line(skew_axis, found, [each.figures[MOVED] for each in found], "answers to move", INK)
    for number, label in enumerate(found[0].surplus):
        points = [each.surplus[label] for each in found]
        _line(skew_axis, found, points, f"{label}: said − true", f"C{number + 2}")
    skew_axis.axhline(0, color=INK, linewidth=0.8)
    titles: Mapping[Axes, str] = {score_axis: "scores", skew_axis: "skew, share of all pictures"}
    score_axis.set_ylim(bottom=max(0.0, score_axis.get_ylim()[0]))
    for axis, title in titles.items():
        axis.set_title(title, fontsize="medium")
        calm(axis)
        axis.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        for text in axis.legend(frameon=False, fontsize="small").get_texts():
            text.set(color=INK, parse_math=False)
    skew_axis.set_xlabel("pictures added of each label", color=INK)
    return png(figure)


def _line(
    axis: Axes, found: Sequence[Effect], points: Sequence[Interval], label: str, colour: str
) -> None:
    amounts = [each.amount for each in found]
    means = [point.mean for point in points]
    axis.plot(amounts, means, color=colour, marker="o", markersize=4, label=label)
    reach = [0.0 if point.high is None else point.high - point.mean for point in points]
    if any(reach):
        # Two seeds may have an interval beyond all that a share can be.
        low = [max(-1.0, mean - each) for mean, each in zip(means, reach, strict=True)]
        high = [min(1.0, mean + each) for mean, each in zip(means, reach, strict=True)]
        axis.fill_between(amounts, low, high, color=colour, alpha=0.15, linewidth=0)
