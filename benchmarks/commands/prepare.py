"""`python -m benchmarks prepare`: what `train prepare` is worth on large pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments
from face_detect import arguments

BUDGETS = Path(__file__).resolve().parent.parent / "prepare_budgets.toml"
_EPILOG = f"""what it does
  Pictures from all over DATA go in blocks of ten through train prepare's worker and through the
  naive way (read from the zip, decode whole, show the whole to the page's detector, save the face
  as a JPEG of the same size), on one core, in turns, and who is first changes. --haar adds the
  naive way with OpenCV's cascade, which looks at each size in the whole picture. Then all of DATA
  is prepared by several workers, and each one's memory is watched.

figures
  prepare_vs_naive             how many times as fast train prepare is; prepare_vs_haar too
  prepare_pictures_per_s_core  on one core; naive_ and haar_ too
  prepare_worker_peak_mb       the most that a worker ever held; prepare_parent_peak_mb: the rest
  prepare_worker_growth_ratio  held in the last third of the run / in the second

examples
  python -m benchmarks made-aihub made --pictures 600 --pool pool
  python -m benchmarks prepare made --json prepare.json
  python -m benchmarks prepare made --pictures 300 --haar --no-memory

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks prepare`."""
    parser = commands.add_parser(
        "prepare",
        help="train prepare beside the naive way: pictures per second and core, and memory",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole = arguments.whole
    parser.add_argument("data", type=Path, metavar="DATA", help="photos, such as made-aihub makes")
    parser.add_argument("--pictures", type=whole(1), default=500, help="in turns (500)")
    parser.add_argument("--block", type=whole(1, 1000), default=10, help="pictures a turn (10)")
    parser.add_argument("--haar", action="store_true", help="OpenCV's cascade, too: slow")
    parser.add_argument("--no-memory", action="store_true", help="leave the workers' memory out")
    parser.add_argument("--workers", type=whole(2, 256), default=2, help="of that run (2)")
    output_arguments(parser)
    parser.set_defaults(run=_run, budgets=BUDGETS)


def _run(chosen: argparse.Namespace) -> int:
    from benchmarks.prepare.measure import PrepareRun, measure_prepare

    run = PrepareRun(
        data=chosen.data,
        pictures=chosen.pictures,
        block=chosen.block,
        haar=chosen.haar,
        memory=not chosen.no_memory,
        workers=chosen.workers,
    )
    watched_workers = 0 if chosen.no_memory else run.workers
    with watched(pictures=run.pictures, workers=watched_workers) as on_step:
        report = measure_prepare(run, on_step)
    return deliver(report, chosen)
