"""`python -m benchmarks soak`: frames without end, and what drifts."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments
from benchmarks.samples import FACE
from face_detect import arguments

_EPILOG = f"""what it does
  The site's own library reads a moving face, 640 × 480, as fast as it goes with one frame in
  flight, and classifies every frame. Memory is read before and after, when all garbage is gone.

figures
  tensor_drift                after minus before; anything but 0 is a leak
  latency_drift_ratio         mean of the last tenth / mean of the first
  soak_page_heap_drift_mb     MB for each 1,000 frames; soak_worker_heap_drift_mb too
  soak_memory_drift_mb        the same of all the browser's processes

examples
  python -m benchmarks soak --json soak.json
  python -m benchmarks soak --hours 1 --model emotion-b0 --html soak.html

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks soak`."""
    parser = commands.add_parser(
        "soak",
        help="10,000 frames or hours through the worker: drift of time, memory and tensors",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    much = parser.add_mutually_exclusive_group()
    much.add_argument("--frames", type=arguments.whole(1), default=10_000, help="(10000)")
    much.add_argument("--hours", type=arguments.real(0.001, 1000), default=0.0, help="instead")
    parser.add_argument("--model", metavar="NAME", help="one of the site's (its default)")
    parser.add_argument("--picture", type=Path, default=FACE, help="the face that moves")
    output_arguments(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    from benchmarks.site import read_site
    from benchmarks.soak import SoakOptions, measure_soak

    options = SoakOptions(
        frames=chosen.frames, hours=chosen.hours, model=chosen.model, picture=chosen.picture
    )
    site = read_site(chosen.site)
    totals = {"seconds": chosen.hours * 3600} if chosen.hours else {"frames": chosen.frames}
    with watched(**totals) as on_step:
        report = measure_soak(site, options, on_step)
    return deliver(report, chosen)
