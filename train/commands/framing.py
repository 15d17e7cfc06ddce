"""`python -m train framing`: which crop rule frames faces as a dataset of ready crops does."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.watch import watch

if TYPE_CHECKING:
    from train.framing import FramingReport, Measured, Spread

EXAMPLE = """example:
  python -m train framing fer2013.zip --photos photos/ --json framing.json

DATA holds faces that are already cut out. Each is put into several made-up surroundings, and the
detector of a new model's contract, second look included, finds the face there; so the picture is a
square relative to a box, as in a CropRule. Set that rule, and the browser cuts faces as DATA does.

Surroundings that are made up move the box. How much is seen on faces of real --photos (a folder of
pictures with people, not too close): they are cut out by a known rule and measured in the same way,
and what differs is taken off.
"""


def add(commands: Commands) -> None:
    """`python -m train framing`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "how ready-made crops are framed, as a crop rule"
    framing = commands.add_parser("framing", help=summary, epilog=EXAMPLE, formatter_class=raw)
    add_data_arguments(framing)
    framing.add_argument("--split", metavar="PART", help="only this part of the data (all)")
    framing.add_argument("--photos", type=Path, metavar="DIR", help="real photos, as a control")
    framing.add_argument(
        "--pictures", type=arguments.whole(1), default=500, help="how many are drawn (500)"
    )
    framing.add_argument("--seed", type=arguments.whole(0), default=0, help="of what is drawn (0)")
    framing.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    framing.set_defaults(run=_framing)


def _framing(chosen: argparse.Namespace) -> None:
    from train.contract import Crop
    from train.crops import resolve_framing
    from train.data.open_dataset import open_dataset
    from train.framing import FramingOptions, measure_framing

    if chosen.json and not chosen.json.parent.is_dir():
        raise InputError(f"{chosen.json}: its folder does not exist")
    fetch_data(chosen)
    data = open_dataset(chosen.data, chosen.split, reading=reading_of(chosen))
    if (framing := resolve_framing(chosen.framing, data, Crop())) != "crop":
        raise InputError(
            f"{data.name}: holds {framing}s; only faces already cut out have a framing"
        )
    photos = open_dataset(chosen.photos) if chosen.photos else None
    options = FramingOptions(pictures=chosen.pictures, seed=chosen.seed)
    with watch("pictures") as on_step:
        report = measure_framing(data, Crop(), options, photos=photos, on_step=on_step)
    _show(report)
    if chosen.json:
        text = json.dumps(dataclasses.asdict(report), indent=2, ensure_ascii=False)
        chosen.json.write_text(text + "\n", encoding="utf-8")


def _show(report: FramingReport) -> None:
    console = Console(highlight=False, markup=False)
    console.print(_table(report.data, report.measured))
    if report.control_rule is not None:
        rule = report.control_rule
        by = f"scale {rule.scale:g}, shift {rule.shift_x:g} {rule.shift_y:g}"
        console.print(_table(f"control, cut by {by}", report.control))
    scale, shift_x, shift_y = report.between
    print(
        f"CropRule(scale={report.scale:.2f}, shift_x={report.shift_x:.2f},"
        f" shift_y={report.shift_y:.2f})\n"
        f"surroundings differ by {scale:.2f}, {shift_x:.2f} and {shift_y:.2f}\n"
        f"jitter in training: standard deviation of scale {report.scale_sd:.2f},"
        f" of shift {report.shift_sd:.2f}"
    )
    if report.control_rule is None:
        print("give --photos to take off what the made-up surroundings do to the box")


def _table(title: str, measured: tuple[Measured, ...]) -> Table:
    """Medians, and within what bounds eight in ten lie, in units of the box's longer side."""
    looked_at = max(one.looked_at for one in measured)
    table = Table("around", "found", "scale", "shift x", "shift y", box=None, padding=(0, 2, 0, 0))
    table.title, table.title_justify = f"{title}: {looked_at} faces", "left"
    for one in measured:
        spreads = (one.scale, one.shift_x, one.shift_y)
        found = f"{one.found / one.looked_at:.0%}"
        table.add_row(one.surroundings, found, *(_words(spread) for spread in spreads))
    return table


def _words(spread: Spread) -> str:
    return f"{spread.median:.2f} ({spread.low:.2f}, {spread.high:.2f})"
