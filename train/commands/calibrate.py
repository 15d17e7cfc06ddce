"""`python -m train calibrate`: make a model's probabilities mean what they say."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import fetch_data, reading_of
from train.commands.evaluate import add_model_and_data
from train.commands.fit import ROOT
from train.commands.watch import watch

if TYPE_CHECKING:
    from train.calibrate import Thresholds
    from train.contract import Contract, Head
    from train.data.dataset import Dataset
    from train.data.reading import Reading

EXAMPLE = """examples:
  python -m train calibrate emotion-b0 my-webcam-faces/
  python -m train calibrate emotion-b0 my-webcam-faces/ --coverage 0.8
  python -m train calibrate emotion-b0 my-webcam-faces/ --risk 0.2 --familiar 0.95

Fits the temperature, by which the net's outputs are divided, and the threshold below which an
answer is shown as "uncertain", and writes MODEL's contract.json anew and whole. The weights stay.
The threshold follows from the share of pictures that is to be answered (--coverage), or from the
share of answers that may be wrong (--risk); `python -m train evaluate` shows both on new pictures.
--familiar sets the energy up to which a face is shown as unfamiliar: no face, a cartoon, a hand
before it. It is worth what `python -m train unfamiliar` says; fit with --strangers first.
`fit` has calibrated the model already; do it again for faces of another kind. Take pictures that
the net was not trained on, and others than those on which the model is evaluated: the data's valid
part, or what `fit` held back of them to choose by, or data without parts. The model's card has
figures of the old contract; write it anew, too. A head that follows a face (`train sequence`) takes
MODEL's probabilities: with another temperature it is to be taught anew, which is told.
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
        help="which part of the data (valid, or what fit held back of them; all of other data that"
        " have no parts)",
    )
    sure = calibrate.add_mutually_exclusive_group()
    sure.add_argument(
        "--coverage",
        type=arguments.real(0.01, 1),
        metavar="SHARE",
        help="answer this share of the faces, the surest of the familiar ones (0.9; with --familiar"
        " alone, temperature and threshold stay as they are)",
    )
    sure.add_argument(
        "--risk",
        type=arguments.real(0, 1),
        metavar="SHARE",
        help="answer as many of these pictures as may be if no larger share of the answers is to be"
        " wrong; of new pictures it is larger about as often as not, and by more if these are few",
    )
    calibrate.add_argument(
        "--familiar",
        type=arguments.real(0.5, 1),
        metavar="SHARE",
        help="take this share of the faces as familiar, and show the others as unfamiliar (as the"
        " contract does, if it does)",
    )
    calibrate.set_defaults(run=_calibrate)


def _calibrate(chosen: argparse.Namespace) -> None:
    from train.checkpoint import CONTRACT, load
    from train.find_model import find_model
    from train.model_task import reading_for
    from train.recalibrate import recalibrate
    from train.sequence.checkpoint import WEIGHTS

    folder = find_model(chosen.model, ROOT / "models")
    net, contract = load(folder)
    reading = reading_for(folder, contract, reading_of(chosen))
    fetch_data(chosen)
    dataset = _unseen(chosen.data, chosen.split, folder, reading)
    with watch("pictures") as on_stage:
        fitted = recalibrate(
            net,
            contract,
            dataset,
            thresholds=_thresholds(chosen),
            framing=chosen.framing,
            on_step=lambda done, total: on_stage("pictures", done, total),
        )
    fitted.write(folder / CONTRACT)
    for old, new in zip(contract.heads, fitted.heads, strict=True):
        print(
            f"{new.name}: temperature {old.temperature:g} → {new.temperature:g},"
            f' "uncertain" below {old.uncertain_below:.1%} → {new.uncertain_below:.1%}'
            f"{_familiar(new)}"
        )
    if (folder / "card.md").is_file():
        print(
            f"{folder / 'card.md'}: has the old contract's figures; write the card anew:"
            f" python -m train card {chosen.model} DATA ..."
        )
    if _followed(contract) != _followed(fitted):
        print(
            f"{folder / WEIGHTS}: has learned to follow the probabilities of the old temperature;"
            f" teach it anew: python -m train sequence {chosen.model} DATA --name NAME"
        )


def _followed(contract: Contract) -> float | None:
    """The temperature of the answers that a sequence head takes; None where there is no such."""
    if contract.sequence is None:
        return None
    (head,) = (head for head in contract.heads if head.name == contract.sequence.head)
    return head.temperature


def _thresholds(chosen: argparse.Namespace) -> Thresholds:
    """What was not asked for stays as it was, where anything was."""
    from train.calibrate import COVERAGE, Thresholds

    usual = COVERAGE if chosen.familiar is None else None
    coverage = usual if chosen.coverage is None else chosen.coverage
    return Thresholds(coverage=coverage, risk=chosen.risk, familiar=chosen.familiar)


def _familiar(head: Head) -> str:
    if head.familiar_above is None:
        return ""
    return f", familiar above an energy of {head.familiar_above:g}"


def _unseen(data: Path, split: str | None, model: Path, reading: Reading) -> Dataset:
    """The part that was asked for, or one that neither trains the net nor tells its worth."""
    from train.data.open_dataset import open_dataset, part_of
    from train.data.splits import split_name
    from train.judged_part import held_back, held_out_names, trained_on

    to_choose = split is None or split_name(split) == "valid"
    dataset = open_dataset(data, None if to_choose else split, reading=reading)
    if to_choose and (own := held_back(dataset, [model])) is not None:
        return own
    if split is not None:
        dataset = part_of(dataset, data, split)
    parts = sorted({record.split for record in dataset.records if record.split is not None})
    if len(parts) < 2 and trained_on(dataset, held_out_names(model)):
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
