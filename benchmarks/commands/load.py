"""`python -m benchmarks load`: cold, warm and offline start, beside a face-api page."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments
from benchmarks.samples import FACE
from face_detect import arguments

_EPILOG = f"""what it does
  In each round: our page in a browser with a new profile (cold), visited again (warm) and a third
  time with the host down (offline); and a page of face-api's detector and expressions, cold. Who
  comes first changes from round to round. Both get the same camera as soon as they can take it, and
  the same host, which sends brotli.

figures
  first_visit_bytes_vs_faceapi   bytes on the wire until the first result, ours / theirs
  first_result_ms_vs_faceapi     from navigation to the first face that is told, ours / theirs
  first_inference_vs_steady      how many times as long our first frame takes as a later one
  warm_result_vs_cold            and offline_result_vs_cold: our later visits beside the first

examples
  python -m benchmarks load --rounds 7 --json load.json
  python -m benchmarks load --html load.html --compare before.json

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks load`."""
    parser = commands.add_parser(
        "load",
        help="bytes and milliseconds to the first result: cold, warm, offline, beside face-api",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    parser.add_argument("--rounds", type=arguments.whole(1, 1000), default=5, help="(5)")
    parser.add_argument("--picture", type=Path, default=FACE, help="what the camera shows")
    output_arguments(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    from benchmarks.load.measure import LoadOptions, measure_load
    from benchmarks.site import read_site

    site = read_site(chosen.site)
    with watched(rounds=chosen.rounds) as on_step:
        options = LoadOptions(rounds=chosen.rounds, picture=chosen.picture)
        report = measure_load(site, options, on_step)
    return deliver(report, chosen)
