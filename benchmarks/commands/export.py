"""`python -m benchmarks export`: seconds and memory of each step of an export."""

from __future__ import annotations

import argparse

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments

_EPILOG = f"""what it does
  Exports once into a folder that is thrown away, and looks at the memory of all its processes. The
  page is built by Vite only where its sources changed, as always.

examples
  python -m benchmarks export --json export.json
  python -m benchmarks export --export "--model emotion-slim --variant u8"

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks export`."""
    parser = commands.add_parser(
        "export",
        help="seconds and peak memory of each step of an export",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--export",
        default="",
        metavar="OPTIONS",
        dest="options",
        help="of python -m export, in one string; its default is every model",
    )
    output_arguments(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    import shlex

    from benchmarks.export_stages import measure_export, stages_of
    from export.options import parse_options

    options = parse_options(shlex.split(chosen.options))
    with watched(stages=stages_of(options)) as on_step:
        report = measure_export(options, on_step)
    return deliver(report, chosen)
