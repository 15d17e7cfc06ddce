"""Two clips' curves in step, and the score of each second."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from train.plot import calm, colours, label_ends
from train.score import Curves, Score, SecondPart

_BAR = "#6f95b5"


def plot_score(reference: Curves, take: Curves, score: Score, names: tuple[str, str]) -> Figure:
    """The take is moved by the offset, so that what was found to belong together is in line."""
    figure = Figure(figsize=(9, 7), layout="constrained")
    above, below, bars = figure.subplots(3, 1, sharex=True, height_ratios=(3, 3, 1))
    _curves(above, reference, 0.0)
    _curves(below, take, -score.offset_s)
    above.set_ylabel(names[0][:40])
    below.set_ylabel(names[1][:40])
    _bars(bars, score.seconds)
    bars.set_xlabel("seconds of the reference")
    above.set_title(
        f"score {score.score:.0f}, certainty {score.certainty:.0%}", loc="left", fontsize="medium"
    )
    return figure


def _curves(axis: Axes, curves: Curves, moved_s: float) -> None:
    colour = colours(curves.labels)
    times = [time_s - curves.times_s[0] + moved_s for time_s in curves.times_s]
    ends = {}
    for column, label in enumerate(curves.labels):
        values = [float("nan") if row is None else row[column] for row in curves.probabilities]
        axis.plot(times, values, color=colour[label], linewidth=1.4)
        ends[label] = next((value for value in reversed(values) if value == value), 0.0)
    calm(axis)
    axis.margins(x=0)
    label_ends(axis, ends, colour)


def _bars(axis: Axes, seconds: Sequence[SecondPart]) -> None:
    scores = [(second, part.score) for second, part in enumerate(seconds) if part.score is not None]
    places = [second + 0.5 for second, _ in scores]
    axis.bar(places, [points for _, points in scores], width=0.9, color=_BAR)
    axis.set_ylim(0, 100)
    axis.set_ylabel("score")
    axis.grid(alpha=0.2, axis="y")
    axis.spines[["top", "right"]].set_visible(False)
