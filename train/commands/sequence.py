"""`python -m train sequence`: teach a model to follow a face over time."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from face_detect import arguments
from face_detect.command import InputError
from face_detect.swap import refuse_strangers
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.fit import ROOT
from train.commands.watch import watch
from train.outputs import check_output

if TYPE_CHECKING:
    from train.contract import Contract
    from train.sequence.learn_sequence import Learned

EXAMPLE = """examples:
  python -m train sequence emotion-slim fer2013.zip --html sequence.html
  python -m train sequence models/mine mine/ --name mine-steady --calm 0.4

A net that looks at single pictures wavers from frame to frame, and plain smoothing answers late. A
small recurrent head takes MODEL's probabilities one after the other, tells from how alike, how sure
and how far apart they are whether the face has changed, and keeps as much of its last answer.

It learns from sequences that are made out of labelled stills: one sways for some seconds, is lit,
blurred and noised, and then another with another label takes its place. MODEL is asked about each
frame once. Half of the judged part of DATA is learned from (test, or else valid, or what fit held
out), for answers to pictures that MODEL knows are too sure; the other half judges: changes of the
answer while the truth stays, delay at a switch, right answers, beside plain smoothing.

The time between two answers is an input, so that one head serves 8 to 30 answers a second. After a
longer gap than it learns from (0.17 s) a face begins anew: at 4 answers a second nearly all are
MODEL's own, unsmoothed, and at 6 about a third. MODEL stays as it is: models/NAME/ is written, a
copy with sequence.safetensors, which `python -m export` ships. On the page the head does what the
switch "Smooth over time" stands for.
"""


def add(commands: Commands) -> None:
    """`python -m train sequence`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "teach a model to follow a face over time"
    sequence = commands.add_parser("sequence", help=summary, epilog=EXAMPLE, formatter_class=raw)
    sequence.add_argument("model", metavar="MODEL", help="a model's folder or its name in models/")
    add_data_arguments(sequence)
    sequence.add_argument(
        "--name", type=arguments.name, help="what models/NAME/ is called (MODEL-sequence)"
    )
    sequence.add_argument("--out", type=Path, metavar="DIR", help="its folder (models/NAME)")
    sequence.add_argument("--head", default="emotion", help="which head is followed (emotion)")
    sequence.add_argument(
        "--most",
        default="300",
        metavar="N|LABEL=N,...",
        help="so many stills of each label at most, both halves together (300)",
    )
    sequence.add_argument("--units", type=arguments.whole(1, 256), default=16, help="(16)")
    sequence.add_argument("--steps", type=arguments.whole(10), default=400, help="(400)")
    sequence.add_argument(
        "--calm",
        type=arguments.real(0, 10),
        default=0.2,
        help="what changes cost in learning: more is calmer and later (0.2)",
    )
    sequence.add_argument(
        "--clips",
        type=arguments.whole(1),
        default=60,
        metavar="N",
        help="judge by so many made sequences of every kind (60)",
    )
    sequence.add_argument("--seed", type=arguments.whole(0), default=0, help="(0)")
    sequence.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    sequence.add_argument("--html", type=Path, metavar="FILE", help="write a report")
    sequence.set_defaults(run=_sequence)


def _sequence(chosen: argparse.Namespace) -> None:
    from train.checkpoint import is_model
    from train.find_model import find_model
    from train.sequence.keep_sequence import keep_sequence
    from train.sequence.render import render_sequence, sequence_json

    check_output(chosen.json, (".json",), (chosen.data,))
    check_output(chosen.html, (".html",), (chosen.data,))
    folder = find_model(chosen.model, ROOT / "models")
    name = chosen.name or f"{folder.name}-sequence"
    out = chosen.out or ROOT / "models" / name
    refuse_strangers(out, is_model)
    if out.resolve() == folder.resolve():
        raise InputError(f"{out}: is MODEL itself; --name or --out another")
    contract, learned = _learned(chosen, folder)
    _print(learned)
    keep_sequence(folder, learned, name, out)
    if chosen.json:
        text = json.dumps(sequence_json(contract, learned), indent=1, ensure_ascii=False)
        chosen.json.write_text(f"{text}\n", encoding="utf-8")
    if chosen.html:
        chosen.html.write_text(render_sequence(contract, learned), encoding="utf-8")
    print(f"{out}: holds the model with its head")


def _learned(chosen: argparse.Namespace, folder: Path) -> tuple[Contract, Learned]:
    from train.checkpoint import load
    from train.judged_part import judged_part
    from train.model_task import reading_for
    from train.sequence.fit_head import HeadOptions
    from train.sequence.learn_sequence import head_named, learn_sequence
    from train.thinned import read_most

    net, contract = load(folder)
    head_named(contract, chosen.head)
    read_most(chosen.most)
    fetch_data(chosen)
    reading = reading_for(folder, contract, reading_of(chosen))
    dataset, _ = judged_part(chosen.data, models=[folder], reading=reading)
    options = HeadOptions(
        units=chosen.units, steps=chosen.steps, calm=chosen.calm, seed=chosen.seed
    )
    with watch("pictures") as on_stage:
        learned = learn_sequence(
            net,
            contract,
            dataset,
            options,
            head=chosen.head,
            framing=chosen.framing,
            most=chosen.most,
            clips=chosen.clips,
            on_stage=on_stage,
        )
    return contract, learned


def _print(learned: Learned) -> None:
    from train.sequence.render import TITLES, cells, sentences

    console = Console(highlight=False, markup=False)
    table = Table(box=None, header_style="dim", pad_edge=False)
    for i, title in enumerate(TITLES):
        table.add_column(title, justify="right" if i > 2 else "left")
    for row in learned.rows:
        table.add_row(*cells(row))
    console.print(table)
    for sentence in sentences(learned):
        console.print(sentence)
