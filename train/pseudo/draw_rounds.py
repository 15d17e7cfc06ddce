"""Curves of self-training: what each round gained, and what it learned from."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from train.plot import colours
from train.pseudo.course import Course
from train.pseudo.found import Found, Spread
from train.study.draw_arms import INK, calm, png


def draw_gains(found: Found) -> bytes:
    """A PNG: points of macro F1 over MODEL by round, a line for each way, a band for its seeds.

    Validation is solid; the test part, once it was asked, is dashed.
    """
    figure = Figure(figsize=(5.6, 3.8), dpi=160, layout="constrained")
    axis = figure.subplots()
    axis.axhline(0, color=INK, linewidth=0.8)
    for number, way in enumerate(found.ways()):
        _line(axis, way.gains, f"C{number}", way.way, "-")
        if way.test_gains:
            _line(axis, way.test_gains, f"C{number}", "_", "--")
    title = "macro F1, points over the first net (dashed: the test part)"
    axis.set_title(title, fontsize="medium")
    axis.set_xlabel("round", color=INK)
    _calm(axis)
    return png(figure)


def draw_counts(course: Course, labels: Sequence[str]) -> bytes:
    """A PNG: faces taken in each round by label, and pale what the caps left out."""
    figure = Figure(figsize=(5.6, 3.8), dpi=160, layout="constrained")
    axis = figure.subplots()
    colour = colours(labels)
    rounds = [each.number for each in course.rounds]
    below = [0] * len(rounds)
    for name, alpha in (("taken", 1.0), ("over", 0.3)):
        for place, label in enumerate(labels):
            heights = [getattr(each.picked, name)[place] for each in course.rounds]
            title = label if name == "taken" else "_"
            bars = axis.bar(rounds, heights, 0.6, below, label=title, color=colour[label])
            for bar in bars:
                bar.set_alpha(alpha)
            below = [low + height for low, height in zip(below, heights, strict=True)]
    axis.set_title("faces taken (pale: over a label's cap)", fontsize="medium")
    axis.set_xlabel("round", color=INK)
    _calm(axis)
    return png(figure)


def _line(axis: Axes, gains: Sequence[Spread], colour: str, title: str, style: str) -> None:
    rounds = range(len(gains) + 1)
    means = [0.0, *(100 * gain.mean for gain in gains)]
    axis.plot(rounds, means, style, color=colour, marker="o", markersize=4, label=title)
    reach = [0.0, *(100 * (gain.sd or 0.0) for gain in gains)]
    if any(reach):
        low = [mean - each for mean, each in zip(means, reach, strict=True)]
        high = [mean + each for mean, each in zip(means, reach, strict=True)]
        axis.fill_between(rounds, low, high, color=colour, alpha=0.15, linewidth=0)


def _calm(axis: Axes) -> None:
    calm(axis)
    axis.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    handles, _ = axis.get_legend_handles_labels()
    if handles:
        legend = axis.figure.legend(
            handles=handles, loc="outside lower center", ncols=4, frameon=False, fontsize="small"
        )
        for text in legend.get_texts():
            text.set(color=INK, parse_math=False)
