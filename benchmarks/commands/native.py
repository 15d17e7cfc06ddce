"""`python -m benchmarks native`: how far the browser is from the machine."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments
from benchmarks.samples import FACE
from export.options import MODELS, ROOT
from face_detect import arguments

_EPILOG = f"""what it does
  The detector at 416 and each of the site's classifiers, one frame at a time on one thread: torch
  and onnxruntime with the weights as they were trained, TensorFlow and LiteRT with the site's own
  graph, and the page's runtime in Chromium. They take turns, and their answers must agree.

figures
  NET_browser_vs_RUNTIME      how many times as fast the browser is; below 1 it is slower

examples
  python -m benchmarks native --json native.json
  python -m benchmarks native --rounds 20 --markdown native.md

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks native`."""
    parser = commands.add_parser(
        "native",
        help="the same nets in torch, onnxruntime and TensorFlow, beside the browser",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole = arguments.whole
    parser.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    parser.add_argument(
        "--models", type=Path, default=MODELS, help="where the shipped weights lie (models)"
    )
    parser.add_argument("--rounds", type=whole(1, 1000), default=10, help="(10)")
    parser.add_argument("--runs", type=whole(1, 1000), default=10, help="in each round (10)")
    parser.add_argument("--picture", type=Path, default=FACE, help="what the nets look at")
    output_arguments(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    from benchmarks.native import NativeOptions, measure_native
    from benchmarks.site import read_site
    from export.build_web import build_web

    site = read_site(chosen.site)
    options = NativeOptions(
        harness=build_web(ROOT / "web") / "harness",
        rounds=chosen.rounds,
        runs=chosen.runs,
        models=chosen.models,
        picture=chosen.picture,
    )
    with watched(rounds=chosen.rounds) as on_step:
        report = measure_native(site, options, on_step)
    return deliver(report, chosen)
