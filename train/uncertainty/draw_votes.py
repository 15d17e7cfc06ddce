"""Curves of accuracy, macro F1 and calibration against passes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from train.study.draw_arms import INK, calm, png
from train.uncertainty.vote import Voted

_TITLES = {
    "accuracy": "accuracy",
    "macro_f1": "macro F1",
    "ece": "expected calibration error (less is better)",
}


def draw_votes(rows: Sequence[Voted]) -> bytes:
    """A PNG: a colour for each net or ensemble, dashed where it is asked once without dropout."""
    figure = Figure(figsize=(5.2, 7.4), dpi=160, layout="constrained")
    axes: Sequence[Axes] = figure.subplots(3, 1, sharex=True)
    for axis, (key, title) in zip(axes, _TITLES.items(), strict=True):
        for number, (who, group) in enumerate(groupby(rows, lambda row: row.who)):
            _line(axis, list(group), key, " + ".join(who), f"C{number}")
        axis.set_title(title, fontsize="medium")
        axis.yaxis.set_major_formatter(PercentFormatter(1, decimals=1))
        calm(axis)
    counts = sorted({row.passes for row in rows if row.passes}) or [1]
    axes[-1].set_xscale("log")
    axes[-1].set_xlim(counts[0] / 1.2, counts[-1] * 1.2)
    axes[-1].set_xticks(counts, [str(count) for count in counts], minor=False)
    axes[-1].minorticks_off()
    axes[-1].set_xlabel("passes with dropout (dashed: asked once, without)", color=INK)
    legend = figure.legend(
        handles=axes[0].get_lines()[::2], loc="outside lower center", frameon=False, ncols=1
    )
    for text in legend.get_texts():
        text.set(color=INK, parse_math=False, fontsize="small")
    return png(figure)


def _line(axis: Axes, rows: Sequence[Voted], key: str, label: str, colour: str) -> None:
    single, *votes = [(row.passes, _value(row, key)) for row in rows]
    passes, values = zip(*votes, strict=True) if votes else ((), ())
    axis.plot(passes, values, color=colour, marker="o", markersize=4, label=label)
    axis.axhline(single[1], color=colour, linestyle="--", linewidth=1)


def _value(row: Voted, key: str) -> float:
    return row.ece if key == "ece" else float(getattr(row.figures, key))
