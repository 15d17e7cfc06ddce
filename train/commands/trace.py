"""`python -m train trace`: what a model says of a clip, frame by frame."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from train.commands import Commands
from train.commands.trace_with_bar import check_clip, trace_with_bar
from train.outputs import check_output

if TYPE_CHECKING:
    from train.trace_file import Trace

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """examples:
  python -m train trace emotion-b0 clip.mp4
  python -m train trace emotion-b0 clip.mp4 --out clip.csv --plot clip.png

MODEL is a folder with weights and a contract.json, or a name in models/. One face is followed
through the clip as the page follows it: the whole frame at the start, on a loss and once a second,
between them only around the last box. The probabilities are calibrated, and not smoothed unless
--smooth is given: then by the model's sequence head where it has one, else plainly by 250 ms. In
the plot, frames without a face are shaded, and uncertain ones are marked along the bottom.

Printed is what leads from when to when, second by second.
"""


def add(commands: Commands) -> None:
    """`python -m train trace`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "a model's probabilities over a clip's time"
    parser = commands.add_parser("trace", help=summary, epilog=EXAMPLE, formatter_class=raw)
    parser.add_argument("model", metavar="MODEL", help="a model's folder or its name in models/")
    parser.add_argument("clip", type=Path, metavar="CLIP", help="a video with one face")
    parser.add_argument("--out", type=Path, metavar="FILE.csv", help="write one row a frame")
    parser.add_argument("--json", type=Path, metavar="FILE.json", help="write the same as JSON")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the curves, .png or .svg")
    parser.add_argument("--smooth", action="store_true", help="ease over time as the page does")
    parser.set_defaults(run=_trace)


def _trace(chosen: argparse.Namespace) -> None:
    from train.find_model import find_model
    from train.plot import PLOTS, save_plot
    from train.plot_trace import plot_trace
    from train.trace_file import write_csv, write_json

    check_clip(chosen.clip)
    model = find_model(chosen.model, ROOT / "models")
    inputs = (chosen.clip, *model.iterdir())
    check_output(chosen.out, (".csv",), inputs)
    check_output(chosen.json, (".json",), inputs)
    check_output(chosen.plot, PLOTS, inputs)
    trace = trace_with_bar(model, chosen.clip, smooth=chosen.smooth)
    if chosen.out:
        write_csv(trace, chosen.out)
    if chosen.json:
        write_json(trace, chosen.json)
    if chosen.plot:
        save_plot(plot_trace(trace, f"{chosen.clip.name}, {trace.model}"), chosen.plot)
    for line in _summary(trace):
        Console(highlight=False).print(line)


def _summary(trace: Trace) -> Iterator[str | Table]:
    seen = trace.with_face
    unsure = sum(any(moment.uncertain or ()) for moment in seen)
    yield (
        f"{len(trace.moments)} frames in {trace.moments[-1].time_s:.1f} s,"
        f" a face in {len(seen)}, uncertain in {unsure}"
    )
    for number in range(len(trace.heads)):
        yield _leading(trace, number)


def _leading(trace: Trace, number: int) -> Table:
    from train.leading import leading

    table = Table(box=None, header_style="dim", title_style="dim")
    for title in ("from s", "to s"):
        table.add_column(title, justify="right")
    table.add_column(trace.heads[number].name)
    table.add_column("mean", justify="right")
    for span in leading(trace, number):
        share = "" if span.mean is None else f"{span.mean:.0%}"
        table.add_row(str(span.start_s), str(span.stop_s), span.label or "no face", share)
    return table
