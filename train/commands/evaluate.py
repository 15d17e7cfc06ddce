"""`python -m train evaluate`: what a model's answers to a dataset are worth."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of

if TYPE_CHECKING:
    from train.crops import AskedFraming
    from train.data.reading import Reading
    from train.judge import Judgement

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """examples:
  python -m train evaluate emotion-b0 fer2013.zip --html emotion-b0.html
  python -m train evaluate models/emotion-b0 fairface/ --json stability.json

MODEL is a folder with weights and a contract.json, or a name in models/. Every picture takes the
page's own path: photos through the face detector, crops through the same resize. A face that is not
found counts as an error. Where the data have no parts, those pictures of them are taken that `fit`
held out by its seed, if MODEL was trained on these data; otherwise all.

Where the data have no label that the model gives, there is no accuracy; then the command tells how
stable the answers are when a picture is mirrored, blurred by 2 or shifted by 3 percent of its side.
Of a model with several heads each is judged by the labels that the data have for it; labels become
the heads' own by the table that lies beside the model (task.csv), unless --labels gives another.
Heads of that table that follow from the answers are judged, too: mask out of 18 classes, or the
18 classes out of mask, gender and age group.
Neither the model nor its contract is changed.
"""


def add(commands: Commands) -> None:
    """`python -m train evaluate`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "what a model is worth on a dataset"
    evaluate = commands.add_parser("evaluate", help=summary, epilog=EXAMPLE, formatter_class=raw)
    add_model_and_data(evaluate)
    evaluate.add_argument(
        "--split",
        metavar="PART",
        help="which part of the data, or all (test, or else valid, or what fit held out, or all);"
        " of data without a valid part, valid is what fit held back to choose by",
    )
    evaluate.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    evaluate.add_argument("--html", type=Path, metavar="FILE", help="write a report with pictures")
    evaluate.set_defaults(run=_evaluate)


def add_model_and_data(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """The arguments that say what is asked about what."""
    parser.add_argument("model", metavar="MODEL", help="a model's folder or its name in models/")
    add_data_arguments(parser, several=several)


def judged(
    model: str,
    data: Path,
    *,
    split: str | None = None,
    framing: AskedFraming = "auto",
    reading: Reading | None = None,
) -> Judgement:
    """The judgement of a model on a dataset, with a bar while it is made."""
    from train.checkpoint import load
    from train.data.task import Task
    from train.find_model import find_model
    from train.judge import judge
    from train.judged_part import judged_part
    from train.model_task import reading_for

    folder = find_model(model, ROOT / "models")
    net, contract = load(folder)
    reading = reading_for(folder, contract, reading)
    dataset, part = judged_part(data, split, models=[folder], reading=reading)
    columns = (TextColumn("pictures"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("pictures", total=None)
        return judge(
            net,
            contract,
            dataset,
            part=part,
            framing=framing,
            task=reading.labels if isinstance(reading.labels, Task) else None,
            on_step=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _evaluate(chosen: argparse.Namespace) -> None:
    from train.find_model import find_model
    from train.judgement_json import judgement_json
    from train.report import render
    from train.summary import summary

    for file in (chosen.json, chosen.html):
        if file and not file.parent.is_dir():
            raise InputError(f"{file}: its folder does not exist")
    find_model(chosen.model, ROOT / "models")  # complains before anything is fetched
    fetch_data(chosen)
    judgement = judged(
        chosen.model,
        chosen.data,
        split=chosen.split,
        framing=chosen.framing,
        reading=reading_of(chosen),
    )
    console = Console(highlight=False, markup=False)
    for line in summary(judgement):
        console.print(line)
    if chosen.json:
        text = json.dumps(judgement_json(judgement), indent=1, ensure_ascii=False)
        chosen.json.write_text(text + "\n", encoding="utf-8")
    if chosen.html:
        chosen.html.write_text(render(judgement), encoding="utf-8")
