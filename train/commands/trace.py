"""`python -m train trace`: what a model says of a clip, frame by frame."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from face_detect.command import InputError
from train.commands import Commands

if TYPE_CHECKING:
    from train.trace_file import Trace

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """examples:
  python -m train trace emotion-b0 clip.mp4
  python -m train trace emotion-b0 clip.mp4 --out clip.csv --plot clip.png

MODEL is a folder with weights and a contract.json, or a name in models/. One face is followed
through the clip as the page follows it: the whole frame at the start, on a loss and once a second,
between them only around the last box. The probabilities are calibrated, and not smoothed unless
--smooth is given. In the plot, frames without a face are shaded, and uncertain ones are marked
along the bottom.

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
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same as JSON")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the curves, .png or .svg")
    parser.add_argument("--smooth", action="store_true", help="ease over time as the page does")
    parser.set_defaults(run=_trace)


def _trace(chosen: argparse.Namespace) -> None:
    from train.find_model import find_model
    from train.plot import check_plot, save_plot
    from train.plot_trace import plot_trace
    from train.trace_file import write_csv, write_json

    check_folders(chosen.out, chosen.json, chosen.plot)
    check_plot(chosen.plot)
    trace = traced(find_model(chosen.model, ROOT / "models"), chosen.clip, smooth=chosen.smooth)
    if chosen.out:
        write_csv(trace, chosen.out)
    if chosen.json:
        write_json(trace, chosen.json)
    if chosen.plot:
        save_plot(plot_trace(trace, f"{chosen.clip.name}, {trace.model}"), chosen.plot)
    for line in _summary(trace):
        Console(highlight=False).print(line)


def check_folders(*files: Path | None) -> None:
    """Complain of files that cannot be written, before the work begins."""
    for file in files:
        if file and not file.parent.is_dir():
            raise InputError(f"{file}: its folder does not exist")


def traced(model: Path, clip: Path, *, smooth: bool = False) -> Trace:
    """The trace of a clip, with a bar while it is made."""
    import torch

    from face_detect.media import count_frames, is_video
    from train.trace_clip import trace_clip

    if clip.is_file() and not is_video(clip):
        raise InputError(f"{clip}: is not a video by its name")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # one small picture at a time loses more to threads than it gains
    try:
        with _bar() as bar:
            task = bar.add_task(clip.name[:40], total=count_frames(clip))
            return trace_clip(model, clip, smooth=smooth, on_moment=lambda _: bar.advance(task))
    finally:
        torch.set_num_threads(threads)


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    hidden = not console.is_terminal
    return Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True, disable=hidden
    )


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
