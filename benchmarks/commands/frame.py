"""`python -m benchmarks frame`: milliseconds per frame of the site's two nets."""

from __future__ import annotations

import argparse
import functools
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from benchmarks.commands import Commands
from benchmarks.commands.samples import ROOT, SAMPLES
from face_detect import arguments

EXAMPLE = """example:
  python -m benchmarks frame --clip me.webm --frames 300 --json frame.json

The JSON keeps every sample; its schema is benchmarks/result.schema.json.
Exit codes: 0 measured, 2 bad usage or input, 3 the machine stands in the way.
"""


def add(commands: Commands) -> None:
    """`python -m benchmarks frame`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "milliseconds per frame of the site's two nets, on WASM"
    frame = commands.add_parser("frame", help=summary, epilog=EXAMPLE, formatter_class=raw)
    source = frame.add_mutually_exclusive_group()
    source.add_argument("--clip", type=Path, help="a video to take frames from")
    source.add_argument("--pictures", type=Path, nargs="+", default=[], help="or pictures")
    frame.add_argument(
        "--frames", type=arguments.whole(1), default=100, help="timed runs of each net (100)"
    )
    frame.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    frame.add_argument("--json", type=Path, metavar="FILE", help="keep the result here")
    frame.set_defaults(run=_frame)


def _frame(chosen: argparse.Namespace) -> None:
    from benchmarks.frame import FrameOptions, measure_frame
    from benchmarks.inputs import read_inputs
    from benchmarks.site import read_site
    from benchmarks.table import table
    from export.build_web import build_web

    site = read_site(chosen.site)
    pictures = chosen.pictures or ([] if chosen.clip else sorted(SAMPLES.glob("sample*.jpg")))
    frames = read_inputs(pictures, chosen.clip)
    harness = build_web(ROOT / "web") / "harness"
    options = FrameOptions(frames=chosen.frames)
    console = Console(stderr=True)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("measuring", total=len(frames))
        step = functools.partial(progress.advance, task)
        result = measure_frame(site, harness, frames, options, on_round=step)
    if chosen.json:
        result.write(chosen.json)
    Console().print(table(result))
