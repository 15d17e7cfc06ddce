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
PAGE_EXAMPLE = """example:
  python -m benchmarks page --site dist/site --json page.json

Camera and clip show a face-api sample, moving. At 30 results a second, 10,000 frames take six
minutes; let the machine do nothing else meanwhile. The JSON's schema is
benchmarks/page.schema.json.
Exit codes: 0 every gate passed, 1 one failed, 2 bad usage or input, 3 the measurement is invalid.
"""


def main() -> None:
    """Entry point of `facecast-bench`."""
    sys.exit(exit_code_of(_run))


def _run() -> None:
    chosen = _parser().parse_args()
    if chosen.json and not chosen.json.resolve().parent.is_dir():
        raise InputError(f"{chosen.json}: its folder does not exist")
    chosen.run(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    raw = argparse.RawDescriptionHelpFormatter
    summary = "milliseconds per frame of the site's two nets, on WASM"
    frame = commands.add_parser("frame", help=summary, epilog=EXAMPLE, formatter_class=raw)
    source = frame.add_mutually_exclusive_group()
    source.add_argument("--clip", type=Path, help="a video to take frames from")
    source.add_argument("--pictures", type=Path, nargs="+", default=[], help="or pictures")
    frame.add_argument(
        "--frames", type=arguments.whole(1), default=100, help="timed runs of each net (100)"
    )
    frame.set_defaults(run=_frame)
    summary = "the site as a visitor has it: memory, answers, speed, a first visit"
    page = commands.add_parser("page", help=summary, epilog=PAGE_EXAMPLE, formatter_class=raw)
    page.add_argument("--frames", type=arguments.whole(1), default=10_000, help="live (10000)")
    page.set_defaults(run=_page)
    for command in (frame, page):
        command.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
        command.add_argument("--json", type=Path, metavar="FILE", help="keep the result here")
    return parser


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


def _page(chosen: argparse.Namespace) -> None:
    from benchmarks.page import PageOptions, measure_page
    from benchmarks.page_gates import complaint, page_gates
    from benchmarks.page_result import write_page_result
    from benchmarks.page_table import page_table
    from benchmarks.site import read_site
    from face_detect.media import read_picture

    site = read_site(chosen.site)
    options = PageOptions(frames=chosen.frames)
    picture = read_picture(SAMPLES / "sample1.jpg")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        tasks = {
            "frames": progress.add_task("frames live", total=options.frames),
            "rounds": progress.add_task("rounds of clicks", total=options.rounds),
        }

        def step(part: str, done: int) -> None:
            progress.update(tasks[part], completed=done)

        result = measure_page(site, picture, options, step)
    gates = page_gates(result)
    if chosen.json:
        write_page_result(chosen.json, result, gates)
    Console().print(page_table(result, gates))
    if error := complaint(result, gates):
        raise error


if __name__ == "__main__":
    main()
