"""`python -m benchmarks page`: the built site as a visitor has it, with a camera on."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments
from benchmarks.samples import FACE
from face_detect import arguments

_EPILOG = f"""what it does
  A first visit with an empty cache, the camera on as soon as it can be; half a minute to settle;
  then the live view for --seconds, with its charts in view; then clicks while a clip is read.
  Camera and clip show a picture that sways, 640 × 480 at 30 frames a second. Memory is read before
  and after, once all garbage is gone. Let the machine do nothing else meanwhile.

figures
  camera_results_per_s      different camera frames with a result, per second
  camera_dropped_ratio      of the frames that the camera brought to the screen, those without one
  long_tasks                of the window's thread, over 50 ms, while live
  page_heap_drift_mb        MB for each 1,000 frames; worker_heap_drift_mb too

examples
  python -m benchmarks page --json page.json
  python -m benchmarks page --seconds 0 --frames 10000      six minutes; for what stays behind
  python -m benchmarks page --settle 5 --rounds 0           the camera alone, and soon

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks page`."""
    parser = commands.add_parser(
        "page",
        help="the site as a visitor has it: results a second, drops, memory, clicks",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole, real = arguments.whole, arguments.real
    parser.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    parser.add_argument("--seconds", type=real(0, 86_400), default=60.0, help="live (60)")
    parser.add_argument("--frames", type=whole(0), default=0, help="and at least so many (0)")
    parser.add_argument("--settle", type=real(0, 600), default=30.0, help="seconds before (30)")
    parser.add_argument("--rounds", type=whole(0, 100), default=5, help="of clicks (5)")
    parser.add_argument("--picture", type=Path, default=FACE, help="what the camera shows")
    output_arguments(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    from benchmarks.page.measure import PageOptions, measure_page
    from benchmarks.site import read_site

    options = PageOptions(
        seconds=chosen.seconds,
        frames=chosen.frames,
        settle_s=chosen.settle,
        rounds=chosen.rounds,
        picture=chosen.picture,
    )
    site = read_site(chosen.site)
    with watched(seconds=chosen.seconds, rounds=chosen.rounds) as on_step:
        report = measure_page(site, options, on_step)
    return deliver(report, chosen)
