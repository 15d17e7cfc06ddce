"""`python -m train calibrate`: make a model's probabilities mean what they say."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import reading_of
from train.commands.evaluate import add_model_and_data

if TYPE_CHECKING:
    from train.data.dataset import Dataset
    from train.data.reading import Reading

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """example:
  python -m train calibrate emotion-b0 my-webcam-faces/

Fits the temperature, by which the net's outputs are divided, and the threshold below which an
answer is shown as "uncertain", and writes MODEL's contract.json anew and whole. The weights stay.
`fit` has calibrated the model already; do it again for faces of another kind. Take pictures that
the net was not trained on, and others than those on which the model is evaluated: the data's valid
part, or data without parts. The model's card has figures of the old contract; write it anew, too.
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
    calibrate.add_argument(
        "--split",
        metavar="PART",
        help="which part of the data (valid; all of data without parts)",
    )
    calibrate.set_defaults(run=_calibrate)


def _calibrate(chosen: argparse.Namespace) -> None:
    from train.checkpoint import CONTRACT, load
    from train.find_model import find_model
    from train.judged_part import held_out_names
    from train.recalibrate import recalibrate

    folder = find_model(chosen.model, ROOT / "models")
    dataset = _unseen(chosen.data, chosen.split, held_out_names(folder), reading_of(chosen))
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
    if (folder / "card.md").is_file():
        print(
            f"{folder / 'card.md'}: has the old contract's figures; write the card anew:"
            f" python -m train card {chosen.model} DATA ..."
        )


def _unseen(data: Path, split: str | None, held_out: frozenset[str], reading: Reading) -> Dataset:
    """The part that was asked for, or one that neither trains the net nor tells its worth."""
    from train.data.open_dataset import open_dataset
    from train.judged_part import trained_on

    dataset = open_dataset(data, split, reading=reading)
    parts = sorted({record.split for record in dataset.records if record.split is not None})
    if not parts and trained_on(dataset, held_out):
        raise InputError(f"{data}: is what the model was trained on and judged by; give other data")
    if split is not None or not parts:
        return dataset
    if "valid" not in parts:
        raise InputError(
            f"{data}: has no valid part, only {' and '.join(parts)}; give data that the model has"
            " not seen. --split test would do, but then figures of the test part are no longer"
            " those of pictures unseen"
        )
    kept = tuple(record for record in dataset.records if record.split == "valid")
    return dataclasses.replace(dataset, records=kept)
