"""Curves of runs: loss and score on two axes, and the learning rate below."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from train.metrics import LOSSES, RATE, SCORES, head_metrics

_COLOURS = ("#3b6ea8", "#c8553d", "#3f8f5f", "#8a5fae", "#b08a2e", "#4a9aa8", "#a8487f", "#6b6f76")
_SCORE_LINES = {"accuracy": "-", "macro_f1": "--"}
Rows = Sequence[Mapping[str, float]]


def draw_curves(runs: Mapping[str, Rows]) -> bytes:
    """A PNG. One run has a colour for each figure, several have one for each run."""
    figure = Figure(figsize=(8, 5.6), dpi=100, layout="constrained")
    loss_axis, rate_axis = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
    score_axis = loss_axis.twinx()
    for number, (name, rows) in enumerate(runs.items()):
        prefix = f"{name}: " if len(runs) > 1 else ""
        colours = [_COLOURS[number % len(_COLOURS)]] * 4 if len(runs) > 1 else list(_COLOURS)
        _line(loss_axis, rows, LOSSES[0], f"{prefix}training loss", colours[0], ":")
        _line(loss_axis, rows, LOSSES[1], f"{prefix}validation loss", colours[1], "-.")
        for key, colour in zip(SCORES, colours[2:], strict=False):
            label = prefix + key.replace("_f1", " F1")
            _line(score_axis, rows, key, label, colour, _SCORE_LINES[key])
        if len(runs) == 1:
            _heads(score_axis, rows, colours[4:])
        _line(rate_axis, rows, RATE, "", colours[0], "-")
    loss_axis.set_ylabel("loss")
    score_axis.set_ylabel("score on validation")
    score_axis.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    rate_axis.set_ylabel("rate")
    rate_axis.set_xlabel("epoch")
    rate_axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    _legend(loss_axis, score_axis)
    return _png(figure)


def _heads(axis: Axes, rows: Rows, colours: Sequence[str]) -> None:
    """One line for each of several heads, thin beside their mean."""
    for (key, head), colour in zip(
        head_metrics(rows).items(), itertools.cycle(colours), strict=False
    ):
        _line(axis, rows, key, f"macro F1, {head}", colour, "--", width=0.9)


def _line(
    axis: Axes, rows: Rows, key: str, label: str, colour: str, style: str, width: float = 1.5
) -> None:
    points = [(row["epoch"], row[key]) for row in rows if key in row]
    if points:
        epochs, values = zip(*points, strict=True)
        axis.plot(
            epochs,
            values,
            style,
            label=label,
            color=colour,
            linewidth=width,
            marker="." if len(points) < 3 else "",
        )


def _legend(loss_axis: Axes, score_axis: Axes) -> None:
    lines = [*loss_axis.get_lines(), *score_axis.get_lines()]
    loss_axis.grid(alpha=0.25)
    if lines:
        loss_axis.figure.legend(
            handles=lines, loc="outside upper center", ncols=4, frameon=False, fontsize="small"
        )


def _png(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="png")
    return content.getvalue()
