"""`python -m benchmarks frame`: the built site, frame by frame and stage by stage."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from benchmarks.commands import Commands
from benchmarks.report.deliver import EXIT_CODES, output_arguments
from face_detect import arguments

EXAMPLE = f"""examples:
  python -m benchmarks frame --json frame.json
  python -m benchmarks frame --compare frame.json      what became slower, and in which stage
  python -m benchmarks frame --camera                  live, at 30 frames a second
  python -m benchmarks frame --browser firefox
An Android phone over USB, whose Chrome then asks this machine for the page:
  adb forward tcp:9222 localabstract:chrome_devtools_remote
  adb reverse tcp:8123 tcp:8123
  python -m benchmarks frame --cdp http://127.0.0.1:9222 --port 8123

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks frame`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "what a frame takes: capture, transfer, detect, crop, classify, post"
    frame = commands.add_parser("frame", help=summary, epilog=EXAMPLE, formatter_class=raw)
    frame.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    frame.add_argument("--model", help="one of the site's models (its default)")
    source = frame.add_mutually_exclusive_group()
    source.add_argument("--clip", type=Path, help="a clip instead of the film, half near, half far")
    source.add_argument("--pictures", type=Path, nargs="+", default=(), help="or pictures")
    source.add_argument("--camera", action="store_true", help="or a camera, at its own pace")
    frame.add_argument("--frames", type=arguments.whole(2), default=600, help="to read (600)")
    frame.add_argument("--seed", type=int, default=0, help="another way for the film to sway (0)")
    browser = frame.add_mutually_exclusive_group()
    browser.add_argument("--browser", choices=("chromium", "firefox"), default="chromium")
    browser.add_argument("--cdp", metavar="URL", help="a Chromium that runs already")
    frame.add_argument("--host", help="this machine, as that browser reaches it (127.0.0.1)")
    frame.add_argument("--port", type=arguments.whole(0), default=0, help="any free one by default")
    output_arguments(frame)
    frame.set_defaults(run=_frame)


def _frame(chosen: argparse.Namespace) -> int:
    from benchmarks.frame.measure import FrameOptions, measure_frame
    from benchmarks.report.deliver import deliver
    from benchmarks.site import read_site
    from benchmarks.windows import LOCAL, Where
    from face_detect.command import InputError

    if chosen.seed and (chosen.clip or chosen.pictures or chosen.camera):
        raise InputError("--seed: is for the film, and something else was chosen to be read")
    if (chosen.host or chosen.port) and chosen.browser == "chromium" and chosen.cdp is None:
        raise InputError("--host, --port: are for --cdp or --browser firefox")
    options = FrameOptions(
        frames=chosen.frames,
        seed=chosen.seed,
        model=chosen.model,
        clip=chosen.clip,
        pictures=chosen.pictures,
        camera=chosen.camera,
        where=Where(
            browser=chosen.browser, cdp=chosen.cdp, host=chosen.host or LOCAL, port=chosen.port
        ),
    )
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("frames", total=options.frames + options.warmup)
        report = measure_frame(
            read_site(chosen.site), options, lambda done: progress.update(task, completed=done)
        )
    return deliver(report, chosen)
