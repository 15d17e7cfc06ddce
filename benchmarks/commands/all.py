"""`python -m benchmarks all`: what `make bench` runs."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.commands import Commands
from benchmarks.commands.parts_progress import PartsProgress
from benchmarks.report.budgets import missing, read_budgets
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments
from face_detect import arguments
from face_detect.command import FacecastError

if TYPE_CHECKING:
    from benchmarks.report.report import Report

EXAMPLE = f"""examples:
  python -m benchmarks all --json today.json --html today.html
  python -m benchmarks all --site dist/site --compare yesterday.json
  make bench BENCH_JSON=today.json ARGS="--html today.html"

what it does, one after the other, with nothing beside it:
  export  every model in models/, proven in the browser, as a site to measure
  peers   600 moving frames through ours, face-api and human, in turns; both classifiers on our
          runtime, onnxruntime-web and LiteRT.js
  page    the site with a camera at 30 frames a second, for 60 s, its charts visible
  load    cold, warm and offline starts beside a page with face-api
  soak    10,000 frames through the worker

It takes about a quarter of an hour. Let the machine do nothing else meanwhile: a run that was
disturbed says so and does not count. No figure is a bare time, so that bounds
(benchmarks/budgets.toml) hold on any machine that keeps up with its camera. `_vs_` and a peer
(faceapi, human, ort, litert) is how many times as fast ours is; of bytes, of the first result and
of faces found it is ours / theirs. `_vs_` and something of our own (model, cold, steady) is the
former's time / the latter's. Others are told with their unit: results per second, MB, bytes,
counts. Times are kept too, every one; compare them with an older run's from the same machine by
--compare. camera_* and first_* are of emotion-slim, the default model of what make export builds;
of a site with another default they are left out, and as they have bounds, its run ends with 3.

A part that cannot be measured leaves its figures out and its reason in the report; the others are
still measured and kept, and the run ends with 3. If the export fails, the report has that reason,
and every figure with a bound as not measured.

{EXIT_CODES}"""
EXPORT_S = 150.0


def add(commands: Commands) -> None:
    """`python -m benchmarks all`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "export, peers, page, load and soak in one run: what make bench does"
    parser = commands.add_parser("all", help=summary, epilog=EXAMPLE, formatter_class=raw)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--site", type=Path, metavar="DIR", help="measure this one; no export")
    where.add_argument(
        "--dist", type=Path, metavar="DIR", help="export to here (a folder that goes afterwards)"
    )
    much = parser.add_argument_group("how much")
    whole, real = arguments.whole, arguments.real
    much.add_argument("--frames", type=whole(2), default=600, help="of each peer (600)")
    much.add_argument("--seconds", type=real(1, 86_400), default=60.0, help="of camera (60)")
    much.add_argument("--rounds", type=whole(1, 1000), default=5, help="of starts (5)")
    much.add_argument("--soak-frames", type=whole(1), default=10_000, help="(10000)")
    output_arguments(parser)
    parser.set_defaults(run=_all)


def _all(chosen: argparse.Namespace) -> int:
    from benchmarks.all import measure_all, nothing_measured
    from benchmarks.parts import Amounts, parts
    from benchmarks.site import read_site

    asked = parts(
        Amounts(
            frames=chosen.frames,
            seconds=chosen.seconds,
            rounds=chosen.rounds,
            soak_frames=chosen.soak_frames,
        )
    )
    expected_s = sum(part.expected_s for part in asked) + (0 if chosen.site else EXPORT_S)
    with contextlib.ExitStack() as stack:
        shown = stack.enter_context(PartsProgress(expected_s))
        try:
            folder = chosen.site or stack.enter_context(_exported(chosen.dist, shown))
            site = read_site(folder)
        except FacecastError as error:
            if chosen.site:
                raise
            report = nothing_measured(str(error))
        else:
            report = measure_all(site, asked, shown.begin)
    return deliver(with_missing(report, chosen.budgets), chosen)


def with_missing(report: Report, budgets: Path) -> Report:
    """A run of all owes every figure that has a bound."""
    names = missing(report.figures, read_budgets(budgets))
    if not names:
        return report
    reasons = (*report.validity.reasons, f"not measured: {', '.join(names)}")
    return dataclasses.replace(
        report, validity=dataclasses.replace(report.validity, reasons=reasons)
    )


@contextlib.contextmanager
def _exported(dist: Path | None, shown: PartsProgress) -> Iterator[Path]:
    from benchmarks.export_site import export_site

    with contextlib.ExitStack() as stack:
        if dist is None:
            name = stack.enter_context(tempfile.TemporaryDirectory(prefix="facecast-bench-"))
            dist = Path(name) / "dist"
        site = export_site(dist, lambda line: shown.say(f"export: {line}"))
        shown.finish(EXPORT_S)
        yield site
