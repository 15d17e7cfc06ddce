"""A trace as curves over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from train.plot import draw_shares
from train.trace_file import Moment, Trace

_NO_FACE, _UNSURE = "#8882", "#8888"


def plot_trace(trace: Trace, title: str) -> Figure:
    """One panel a head; frames without a face are shaded, uncertain ones marked at the bottom."""
    count = len(trace.heads)
    figure = Figure(figsize=(9, 1 + 3.2 * count), layout="constrained")
    axes = figure.subplots(count, 1, sharex=True, squeeze=False)[:, 0]
    for number, axis in enumerate(axes):
        _panel(axis, trace, number)
    axes[0].set_title(title, loc="left", fontsize="medium", parse_math=False)
    axes[-1].set_xlabel("seconds")
    return figure


def _panel(axis: Axes, trace: Trace, number: int) -> None:
    head = trace.heads[number]
    times = [moment.time_s for moment in trace.moments]
    rows = [m.probabilities[number] if m.probabilities else None for m in trace.moments]
    draw_shares(axis, times, rows, head.labels)
    axis.set_xlim(times[0], max(times[-1], times[0] + 0.1))
    axis.set_ylabel(head.name, parse_math=False)
    _shade(axis, trace.moments)
    unsure = [m.time_s for m in trace.moments if m.uncertain and m.uncertain[number]]
    axis.plot(unsure, [0.012] * len(unsure), "|", color=_UNSURE, markersize=5)


def _shade(axis: Axes, moments: Sequence[Moment]) -> None:
    for start_s, stop_s in gaps(moments):
        axis.axvspan(start_s, stop_s, color=_NO_FACE, linewidth=0)


def gaps(moments: Sequence[Moment]) -> Iterator[tuple[float, float]]:
    """From when to when there is no face; a frame lasts until the next."""
    start_s: float | None = None
    for moment in moments:
        if moment.probabilities is None and start_s is None:
            start_s = moment.time_s
        elif moment.probabilities is not None and start_s is not None:
            yield start_s, moment.time_s
            start_s = None
    if start_s is not None:
        yield start_s, moments[-1].time_s
