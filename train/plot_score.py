"""Two clips' curves in step, and the score of each second."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from train.plot import draw_shares
from train.resample import Curves
from train.score import Score, SecondPart

_BAR = "#6f95b5"


def plot_score(reference: Curves, take: Curves, score: Score, names: tuple[str, str]) -> Figure:
    """The take is moved by the offset, so that what was found to belong together is in line."""
    figure = Figure(figsize=(9, 7), layout="constrained")
    above, below, bars = figure.subplots(3, 1, sharex=True, height_ratios=(3, 3, 1))
    clips = ((above, reference, 0.0), (below, take, -score.offset_s))
    for (axis, curves, by_s), name in zip(clips, names, strict=True):
        draw_shares(axis, _moved(curves, by_s), curves.probabilities, curves.labels)
        axis.set_ylabel(name[:40], parse_math=False)
    _bars(bars, score.seconds)
    bars.set_xlabel("seconds of the reference")
    above.set_title(
        f"score {score.score:.0f}, certainty {score.certainty:.0%}", loc="left", fontsize="medium"
    )
    return figure


def _moved(curves: Curves, by_s: float) -> list[float]:
    return [time_s - curves.times_s[0] + by_s for time_s in curves.times_s]


def _bars(axis: Axes, seconds: Sequence[SecondPart]) -> None:
    scores = [(second, part.score) for second, part in enumerate(seconds) if part.score is not None]
    places = [second + 0.5 for second, _ in scores]
    axis.bar(places, [points for _, points in scores], width=0.9, color=_BAR)
    axis.set_ylim(0, 100)
    axis.set_ylabel("score")
    axis.grid(alpha=0.2, axis="y")
    axis.spines[["top", "right"]].set_visible(False)
