"""`python -m train vote`: what many answers are worth, of one net that drops or of several nets."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.fit import ROOT
from train.commands.watch import watch as stages

if TYPE_CHECKING:
    from train.contract import Head
    from train.data.dataset import Dataset
    from train.judged_part import Part
    from train.uncertainty.vote import Member
    from train.uncertainty.vote_report import Votes

EXAMPLE = """examples:
  python -m train vote emotion-slim fer2013.zip --passes 1,10,30,60
  python -m train vote emotion-slim,emotion-b0 fer2013.zip

  net                        asked        accuracy (95%)       macro F1   ECE
  emotion-slim               single       65.4% (63.9–67.0%)   ...
  emotion-slim               30 passes    ...
  emotion-slim + emotion-b0  one of each  ...

A pass asks a net once more with its dropout on, as in training (Monte Carlo dropout); everything
else is as in use. Votes are means of calibrated probabilities. "single" is the net as the page asks
it, with dropout off. Several nets are judged each by itself and all together; they may differ in
architecture and in the size of their input, but must give the same labels.

Answers are kept in DIR/answers/ as soon as a net has given them: killed or interrupted, or asked
for more passes, the same command asks only for what is missing. DIR/report.html has the curves,
DIR/votes.json every figure. Layers before the first dropout are run once, whatever the number of
passes; a net that has none gives the same answer always, which is told.
"""


def add(commands: Commands) -> None:
    """`python -m train vote`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "what many passes, or many nets, are worth"
    vote = commands.add_parser("vote", help=summary, epilog=EXAMPLE, formatter_class=raw)
    vote.add_argument(
        "models",
        type=_words,
        metavar="MODEL[,MODEL...]",
        help="models' folders or their names in models/",
    )
    add_data_arguments(vote)
    vote.add_argument(
        "--passes",
        type=_numbers,
        default=(1, 10, 30, 60),
        metavar="N,N,...",
        help="how many with dropout on (1,10,30,60)",
    )
    vote.add_argument("--seed", type=arguments.whole(0), default=0, help="of what drops (0)")
    vote.add_argument("--head", help="which question of the models (their first)")
    vote.add_argument(
        "--split",
        metavar="PART",
        help="which part of the data (test, as evaluate); valid may be what all nets' fits held"
        " back",
    )
    vote.add_argument("--out", type=Path, metavar="DIR", help="(studies/vote-MODEL)")
    vote.set_defaults(run=_vote)


def _words(text: str) -> tuple[str, ...]:
    found = tuple(word.strip() for word in text.split(",") if word.strip())
    if len(set(found)) < len(found):
        raise argparse.ArgumentTypeError(f"{text!r} names a model twice")
    return found


def _numbers(text: str) -> tuple[int, ...]:
    parse = arguments.whole(1, 10000)
    return tuple(parse(word) for word in text.split(","))


def _vote(chosen: argparse.Namespace) -> None:
    from train.alone import alone
    from train.find_model import find_model
    from train.judge import truth_of
    from train.uncertainty.member import voted_head
    from train.uncertainty.vote import vote
    from train.uncertainty.vote_report import Votes, write_votes

    models = [find_model(name, ROOT / "models") for name in chosen.models]
    _names(models)  # complains before anything is asked
    head = voted_head(models, chosen.head)
    fetch_data(chosen)
    dataset, part = _judged(chosen, models, head)
    folder = chosen.out or ROOT / "studies" / f"vote-{models[0].name}"
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        members = _members(chosen, models, head, dataset, folder)
        rows = vote(members, truth_of(dataset.records, head), head.labels, chosen.passes)
        votes = Votes(
            data=dataset.name,
            part=part,
            head=head.name,
            seed=chosen.seed,
            without=tuple(member.name for member in members if not member.drops),
            rows=rows,
        )
        write_votes(votes, folder)
    _print(votes, folder)


def _judged(chosen: argparse.Namespace, models: Sequence[Path], head: Head) -> tuple[Dataset, Part]:
    """The pictures whose label the models know."""
    from train.checkpoint import CONTRACT
    from train.contract import Contract
    from train.judge import truth_of
    from train.judged_part import judged_part
    from train.model_task import reading_for

    reading = dataclasses.replace(reading_of(chosen), head=head.name)
    reading = reading_for(models[0], Contract.read(models[0] / CONTRACT), reading)
    dataset, part = judged_part(chosen.data, chosen.split, models=models, reading=reading)
    known = truth_of(dataset.records, head) >= 0
    records = tuple(record for record, yes in zip(dataset.records, known, strict=True) if yes)
    if not records:
        raise InputError(
            f"{chosen.data}: no picture has a label of {head.name} that the models know"
            f" ({', '.join(head.labels)})"
        )
    return dataclasses.replace(dataset, records=records), part


def _members(
    chosen: argparse.Namespace,
    models: Sequence[Path],
    head: Head,
    dataset: Dataset,
    folder: Path,
) -> list[Member]:
    from train.uncertainty.member import member

    with stages("pictures") as on_step:
        return [
            member(
                model,
                dataset,
                head,
                name=name,
                passes=max(chosen.passes),
                seed=chosen.seed,
                kept=folder / "answers",
                framing=chosen.framing,
                on_step=on_step,
            )
            for model, name in zip(models, _names(models), strict=True)
        ]


def _names(models: Sequence[Path]) -> list[str]:
    """The folders' own, or where two have the same the whole paths: members are told by them."""
    names = [model.name for model in models]
    told = zip(models, names, strict=True)
    found = [name if names.count(name) == 1 else str(model) for model, name in told]
    if len({model.resolve() for model in models}) < len(models):
        raise InputError(f"{', '.join(found)}: a model is named twice")
    return found


def _print(votes: Votes, folder: Path) -> None:
    from train.uncertainty.vote_report import REPORT, TITLES, cells, notes

    console = Console(highlight=False, markup=False)
    table = Table(box=None, header_style="dim", pad_edge=False)
    for title in TITLES:
        table.add_column(title, justify="left" if title in TITLES[:2] else "right", overflow="fold")
    for row in votes.rows:
        table.add_row(*cells(row))
    for note in notes(votes):
        console.print(note)
    console.print(table)
    console.print(f"{folder / REPORT}", soft_wrap=True)
