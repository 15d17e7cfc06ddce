"""`python -m benchmarks`: measure what was built, in a real browser."""

from __future__ import annotations

import argparse
import functools
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from face_detect import arguments
from face_detect.command import InputError, exit_code_of

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "web/node_modules/@vladmandic/face-api/demo"
EXAMPLE = """example:
  python -m benchmarks frame --clip me.webm --frames 300 --json frame.json

The JSON keeps every sample; its schema is benchmarks/result.schema.json.
Exit codes: 0 measured, 2 bad usage or input, 3 the machine stands in the way.
"""


def main() -> None:
    """Entry point of `facecast-bench`."""
    sys.exit(exit_code_of(_run))


def _run() -> None:
    _frame(_parser().parse_args())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    raw = argparse.RawDescriptionHelpFormatter
    summary = "milliseconds per frame of the site's two nets, on WASM"
    frame = commands.add_parser("frame", help=summary, epilog=EXAMPLE, formatter_class=raw)
    frame.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    source = frame.add_mutually_exclusive_group()
    source.add_argument("--clip", type=Path, help="a video to take frames from")
    source.add_argument("--pictures", type=Path, nargs="+", default=[], help="or pictures")
    frame.add_argument(
        "--frames", type=arguments.whole(1), default=100, help="timed runs of each net (100)"
    )
    frame.add_argument("--json", type=Path, metavar="FILE", help="keep the result here")
    return parser


def _frame(chosen: argparse.Namespace) -> None:
    from benchmarks.frame import FrameOptions, measure_frame
    from benchmarks.inputs import read_inputs
    from benchmarks.site import read_site
    from benchmarks.table import table
    from export.build_web import build_web

    if chosen.json and not chosen.json.resolve().parent.is_dir():
        raise InputError(f"{chosen.json}: its folder does not exist")
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


if __name__ == "__main__":
    main()
