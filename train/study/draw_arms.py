"""Curves of all arms: loss and macro F1 on two axes, each the mean of its seeds."""

from __future__ import annotations

import io
import math
import statistics
from collections.abc import Sequence

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from train.study.findings import ArmFindings, Findings

INK = "#7d828a"
"""Reads on white and on black."""
_TRAIN, _VALID = ":", "-"
_FEW = 10
_LONG = 30


def draw_arms(findings: Findings) -> bytes:
    """A PNG without a ground: validation in lines, training's loss in dots."""
    count = len(findings.arms)
    columns = 2 if max(len(found.arm.name) for found in findings.arms) < _LONG else 1
    height = 6 + 0.22 * math.ceil(count / columns)
    figure = Figure(figsize=(5.2, height), dpi=160, layout="constrained")
    loss_axis, score_axis = figure.subplots(2, 1, sharex=True)
    for number, found in enumerate(findings.arms):
        colour = _colour(number, count)
        _curve(loss_axis, found, "train_loss", colour, _TRAIN)
        _curve(loss_axis, found, "valid_loss", colour, _VALID)
        _curve(score_axis, found, "macro_f1", colour, _VALID, found.arm.name)
    loss_axis.set_title("loss (dots: training, lines: validation)", fontsize="medium")
    score_axis.set_title("macro F1 on validation", fontsize="medium")
    score_axis.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    for axis in (loss_axis, score_axis):
        calm(axis)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    score_axis.set_xlabel("epoch", color=INK)
    lines = score_axis.get_lines()
    if lines:
        legend = figure.legend(
            handles=lines,
            loc="outside lower center",
            ncols=columns,
            frameon=False,
            fontsize="small",
        )
        for text in legend.get_texts():
            text.set(color=INK, parse_math=False)
    return png(figure)


def calm(axis: Axes) -> None:
    """Grey on nothing, so that a page's own ground shows."""
    axis.grid(alpha=0.25, color=INK)
    axis.tick_params(colors=INK)
    axis.title.set_color(INK)
    axis.spines[["top", "right"]].set_visible(False)
    for side in ("left", "bottom"):
        axis.spines[side].set_color(INK)


def png(figure: Figure) -> bytes:
    content = io.BytesIO()
    figure.savefig(content, format="png", transparent=True)
    return content.getvalue()


def _colour(number: int, count: int) -> tuple[float, ...] | str:
    if count <= _FEW:
        return f"C{number}"
    return tuple(colormaps["turbo"](0.08 + 0.84 * number / (count - 1)))


def _curve(
    axis: Axes,
    found: ArmFindings,
    key: str,
    colour: tuple[float, ...] | str,
    style: str,
    label: str = "",
) -> None:
    """The mean of the seeds, as far as all of them came."""
    runs = found.finished or found.runs
    epochs, values = _means([run.rows for run in runs if run.rows], key)
    if epochs:
        marker = "." if len(epochs) < 3 else ""
        axis.plot(epochs, values, style, color=colour, label=label, marker=marker, linewidth=1.4)


def _means(tables: Sequence[Sequence[dict[str, float]]], key: str) -> tuple[list[int], list[float]]:
    by_epoch: dict[int, list[float]] = {}
    for rows in tables:
        for row in rows:
            if key in row:
                by_epoch.setdefault(int(row["epoch"]) + 1, []).append(row[key])
    epochs = sorted(epoch for epoch, values in by_epoch.items() if len(values) == len(tables))
    return epochs, [statistics.fmean(by_epoch[epoch]) for epoch in epochs]
