"""`python -m benchmarks page`: the site as a visitor has it."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from benchmarks.commands import Commands
from benchmarks.commands.samples import SAMPLES
from face_detect import arguments

EXAMPLE = """example:
  python -m benchmarks page --site dist/site --json page.json

Camera and clip show a face-api sample, moving. At 30 results a second, 10,000 frames take six
minutes; let the machine do nothing else meanwhile. The JSON's schema is
benchmarks/page.schema.json.
Exit codes: 0 every gate passed, 1 one failed, 2 bad usage or input, 3 the measurement is invalid.
"""


def add(commands: Commands) -> None:
    """`python -m benchmarks page`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "the site as a visitor has it: memory, answers, speed, a first visit"
    page = commands.add_parser("page", help=summary, epilog=EXAMPLE, formatter_class=raw)
    page.add_argument("--frames", type=arguments.whole(1), default=10_000, help="live (10000)")
    page.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    page.add_argument("--json", type=Path, metavar="FILE", help="keep the result here")
    page.set_defaults(run=_page)


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
