"""`python -m train calibrate`: make a model's probabilities mean what they say."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from train.commands import Commands
from train.commands.data_arguments import reading_of
from train.commands.evaluate import add_model_and_data

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """example:
  python -m train calibrate emotion-b0 my-webcam-faces/ --split valid

Fits the temperature, by which the net's outputs are divided, and the threshold below which an
answer is shown as "uncertain", and writes MODEL's contract.json anew and whole. The weights stay.
`fit` has calibrated the model already; do it again for faces of another kind. Take pictures that
the net was not trained on, and others than those on which the model is evaluated.
"""


def add(commands: Commands) -> None:
    """`python -m train calibrate`."""
    raw = argparse.RawDescriptionHelpFormatter
    calibrate = commands.add_parser(
        "calibrate",
        help="fit a model's temperature and threshold anew",
        epilog=EXAMPLE,
        formatter_class=raw,
    )
    add_model_and_data(calibrate)
    calibrate.add_argument("--split", default="valid", help="which part of the data (valid)")
    calibrate.set_defaults(run=_calibrate)


def _calibrate(chosen: argparse.Namespace) -> None:
    from train.checkpoint import CONTRACT, load
    from train.data.open_dataset import open_dataset
    from train.find_model import find_model
    from train.recalibrate import recalibrate

    folder = find_model(chosen.model, ROOT / "models")
    dataset = open_dataset(chosen.data, chosen.split, reading=reading_of(chosen))
    net, contract = load(folder)
    columns = (TextColumn("pictures"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("pictures", total=None)
        fitted = recalibrate(
            net,
            contract,
            dataset,
            framing=chosen.framing,
            on_step=lambda done, total: bar.update(task, completed=done, total=total),
        )
    fitted.write(folder / CONTRACT)
    for old, new in zip(contract.heads, fitted.heads, strict=True):
        print(
            f"{new.name}: temperature {old.temperature:g} → {new.temperature:g},"
            f' "uncertain" below {old.uncertain_below:.1%} → {new.uncertain_below:.1%}'
        )
