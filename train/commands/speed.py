"""`python -m train speed`: whether reading and augmentation keep up with the net."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import data_at, fetch_data
from train.options import Augment, FitOptions
from train.outputs import check_output

if TYPE_CHECKING:
    from train.contract import Contract
    from train.data.record import Record
    from train.gathered import Gathered
    from train.plan import Plan
    from train.watch import Watch

READ_ANEW = 100
"""So many of the originals are enough to time; they are large."""
EXAMPLE = """examples:
  python -m train speed fer2013.zip --net slim --precision bf16-mixed
  python -m train speed shards --size 224 --store cut --originals aihub/

Steps of the net are timed in blocks that take turns: with batches that are drawn and augmented as
in training, and with one batch that already lies in memory. The ratio of the two should be near 1;
below 0.85 the net waits for its data. With --store no net is run: batches come from the store that
fit --store would fill, and from memory, in turns, of as many pictures as half of the free memory
holds. Measure when nothing else runs.
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
    speed.add_argument("--store", type=Path, metavar="DIR", help="instead: as from fit --store DIR")
    speed.add_argument(
        "--originals",
        type=data_at,
        metavar="DATA",
        help="beside --store: read these anew",
    )
    speed.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    speed.set_defaults(run=_speed)


def _speed(chosen: argparse.Namespace) -> None:
    from train.check_plan import check_plan
    from train.gather import gather
    from train.plan import Plan
    from train.watch import Watch

    if chosen.originals and not chosen.store:
        raise InputError("--originals: are read beside what --store holds; give that, too")
    # Every kind of augmentation, so that the figure is not that of an easy case.
    everything = Augment(noise=0.1, blur=0.1, jpeg=0.1, mixup=0.2, cutmix=0.2)
    options = FitOptions(batch=chosen.batch, precision=chosen.precision, augment=everything)
    plan = Plan(data=chosen.data, name="speed", net=chosen.net, size=chosen.size, options=options)
    check_plan(plan)
    check_output(chosen.json, (".json",), (chosen.data,))
    fetch_data(chosen)
    plan = dataclasses.replace(plan, data=chosen.data)
    console = Console(stderr=True, highlight=False)
    watch = Watch(say=console.print)
    data = gather(plan, watch)
    measure = _input if chosen.store else _steps
    figures = measure(chosen, plan, data, watch)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _steps(chosen: argparse.Namespace, plan: Plan, data: Gathered, watch: Watch) -> dict[str, Any]:
    from lightning_fabric import Fabric

    from train.run import first_contract
    from train.speed import measure_speed
    from train.start import start

    contract = first_contract(plan, data.labels)
    found = measure_speed(
        start(contract, None, 0),
        contract,
        data.kept,
        framing=data.framing,
        options=plan.options,
        fabric=Fabric(accelerator="auto", devices=1, precision=plan.options.precision),
        on_step=_pairs(watch),
    )
    print(
        f"{found.real:.0f} samples a second with real data, {found.in_memory:.0f} with data in"
        f" memory: {found.words()}.\nReading: {found.reading:.0f} pictures a second, once a run:"
        f" {found.share_of_run(chosen.epochs):.1%} of a run of {chosen.epochs} epochs."
    )
    return found.figures()


def _input(chosen: argparse.Namespace, plan: Plan, data: Gathered, watch: Watch) -> dict[str, Any]:
    from lightning_fabric import Fabric

    from train.input_speed import held, measure_input
    from train.run import first_contract
    from train.store.stored_source import StoredSource

    contract = first_contract(plan, data.labels)
    store = StoredSource(chosen.store, Fabric(accelerator="cpu", devices=1))
    stored = store.load(_fitting(data, contract, watch), data.framing, contract, watch)
    found = measure_input(
        held(stored), stored, contract, options=plan.options, on_step=_pairs(watch)
    )
    print(
        f"{found.stored:.0f} pictures a second from the store, {found.memory:.0f} from memory:"
        f" {found.words()}."
    )
    figures = found.figures() | {"pictures": len(stored)}
    if chosen.originals is None:
        return figures
    originals = _originals(chosen.originals, contract)
    times = found.stored / originals
    print(f"{originals:.1f} a second read anew from {chosen.originals}: {times:.0f} times slower.")
    return figures | {"originals": originals, "stored_vs_originals": times}


def _fitting(data: Gathered, contract: Contract, watch: Watch) -> Sequence[Record]:
    """What is measured on: one of the two sides lies in memory."""
    import psutil

    from train.input_speed import SHARE, fitting

    free = psutil.virtual_memory().available
    some = fitting(data.kept, contract.input, free)
    if len(some) < len(data.kept):
        watch.say(
            f"measured on {len(some)} of {len(data.kept)} pictures, from memory and from the store:"
            f" no more fit into {SHARE:.0%} of the {free / 1e9:.1f} GB of memory that are free"
        )
    return some


def _pairs(watch: Watch) -> Callable[[int, int], None]:
    return lambda done, total: watch.say(f"pair {done} of {total}")


def _originals(data: Path, contract: Contract) -> float:
    """Pictures a second, read anew."""
    from train.crops import resolve_framing
    from train.data.open_dataset import open_dataset
    from train.input_speed import measure_reading

    dataset = open_dataset(data)
    some = dataset.records[:: max(1, len(dataset.records) // READ_ANEW)][:READ_ANEW]
    return measure_reading(some, contract, resolve_framing("auto", dataset, contract.crop))
