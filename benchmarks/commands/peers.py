"""`python -m benchmarks peers`: ours beside what people would use instead."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, TaskID

from benchmarks.commands import Commands
from benchmarks.peers.names import PEERS
from benchmarks.report.deliver import EXIT_CODES, output_arguments
from face_detect import arguments

EXAMPLE = f"""example:
  python -m benchmarks peers --json peers.json --html peers.html
  python -m benchmarks peers --only face-api --clip me.webm

All take turns in one Chromium, one thread each, on the same frames; it takes two minutes and
wants the packages of benchmarks/package.json (npm ci there, or make bench).

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks peers`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "ours beside face-api, human, onnxruntime-web and LiteRT.js, in turns"
    peers = commands.add_parser("peers", help=summary, epilog=EXAMPLE, formatter_class=raw)
    peers.add_argument("--site", type=Path, default=Path("dist/site"), help="a built site")
    peers.add_argument("--frames", type=arguments.whole(2), default=600, help="of the film (600)")
    peers.add_argument("--seed", type=int, default=0, help="another way to sway (0)")
    peers.add_argument("--clip", type=Path, help="a clip of yours instead of the film")
    peers.add_argument("--only", nargs="+", choices=PEERS, default=PEERS, help="not all of them")
    output_arguments(peers)
    peers.set_defaults(run=_peers)


def _peers(chosen: argparse.Namespace) -> int:
    from benchmarks.peers.measure import PeersOptions, measure_peers
    from benchmarks.report.deliver import deliver
    from benchmarks.site import read_site
    from face_detect.command import InputError

    if chosen.seed and chosen.clip:
        raise InputError("--seed: is for the film, and a clip was chosen instead")
    options = PeersOptions(
        frames=chosen.frames, seed=chosen.seed, clip=chosen.clip, only=tuple(chosen.only)
    )
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bars: dict[str, TaskID] = {}

        def step(part: str, done: int, of: int) -> None:
            if part not in bars:
                bars[part] = progress.add_task(part, total=of)
            progress.update(bars[part], completed=done)

        report = measure_peers(read_site(chosen.site), options, step)
    return deliver(report, chosen)
