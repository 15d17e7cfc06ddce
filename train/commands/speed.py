"""`python -m train speed`: whether reading and augmentation keep up with the net."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

from rich.console import Console

from face_detect import arguments
from train.commands import Commands
from train.commands.data_arguments import data_at
from train.options import Augment, FitOptions

EXAMPLE = """example:
  python -m train speed fer2013.zip --net slim --precision bf16-mixed

Steps of the net are timed in blocks that take turns: with batches that are drawn and augmented as
in training, and with one batch that already lies in memory. The ratio of the two should be near 1;
below 0.85 the net waits for its data. Measure when nothing else runs.
"""


def add(commands: Commands) -> None:
    """`python -m train speed`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "whether reading and augmentation keep up with the net"
    speed = commands.add_parser("speed", help=summary, epilog=EXAMPLE, formatter_class=raw)
    speed.add_argument("data", type=data_at, metavar="DATA", help="any dataset that fit can read")
    speed.add_argument("--net", default="slim", help="(slim)")
    speed.add_argument("--batch", type=arguments.whole(1), default=128, help="(128)")
    speed.add_argument("--size", type=arguments.whole(1), default=48, help="(48)")
    speed.add_argument("--precision", choices=("32-true", "bf16-mixed"), default="32-true")
    speed.add_argument("--epochs", type=arguments.whole(1), default=14, help="of a run (14)")
    speed.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    speed.set_defaults(run=_speed)


def _speed(chosen: argparse.Namespace) -> None:
    from lightning_fabric import Fabric

    from train.gather import gather
    from train.plan import Plan
    from train.run import first_contract
    from train.speed import measure_speed
    from train.start import start
    from train.watch import Watch

    # Every kind of augmentation, so that the figure is not that of an easy case.
    everything = Augment(noise=0.1, blur=0.1, jpeg=0.1, mixup=0.2, cutmix=0.2)
    options = FitOptions(batch=chosen.batch, precision=chosen.precision, augment=everything)
    console = Console(stderr=True)
    plan = Plan(data=chosen.data, name="speed", net=chosen.net, size=chosen.size, options=options)
    data = gather(plan, Watch(say=lambda line: console.print(line, highlight=False)))
    contract = first_contract(plan, data.labels)
    found = measure_speed(
        start(contract, None, 0),
        contract,
        data.kept,
        framing=data.framing,
        options=options,
        fabric=Fabric(accelerator="auto", devices=1, precision=options.precision),
        on_step=lambda done, total: console.print(f"pair {done} of {total}", highlight=False),
    )
    print(
        f"{found.real:.0f} samples a second with real data, {found.in_memory:.0f} with data in"
        f" memory: {found.ratio:.3f} of it (pairs: {min(found.ratios):.3f} to"
        f" {max(found.ratios):.3f}).\nReading: {found.reading:.0f} pictures a second, once a run:"
        f" {found.share_of_run(chosen.epochs):.1%} of a run of {chosen.epochs} epochs."
    )
    if chosen.json:
        figures = dataclasses.asdict(found) | {"ratio": found.ratio}
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
