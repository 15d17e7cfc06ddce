"""`python -m train unfamiliar`: whether a model tells that a picture is no face that it knows."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import fetch_data, reading_of
from train.commands.evaluate import add_model_and_data
from train.commands.fit import ROOT
from train.commands.watch import watch
from train.outputs import check_output

if TYPE_CHECKING:
    from train.data.dataset import Dataset
    from train.unfamiliar.judge_unfamiliar import HeadUnfamiliarity, Unfamiliarity

EXAMPLE = """examples:
  python -m train unfamiliar emotion-slim fer2013.zip
  python -m train unfamiliar emotion-slim fer2013.zip --photos holiday/ --also mask=masked/ \\
      --json unfamiliar.json

Every picture gets an answer from a net, a wall and a cartoon too. This command asks how well the
energy of MODEL's answers (logsumexp of its raw logits) tells real faces, those of DATA, from noise,
from drawn cartoon faces, and from the same faces behind a drawn hand or mask; with --photos also
from squares of photos that lie beside the faces, and with --also from pictures of your own.

AUROC is the chance that a real face has more energy than a picture of that kind: 50% is a coin,
100% never errs. Beside it stands what share of the kind is flagged by the threshold that keeps 95%
of these faces, and by the contract's own, if it has one.

A net becomes good at it by `python -m train fit --strangers 0.25`, which learns from pictures that
other rules draw (of noise, nearly the same); `fit` then sets the threshold, and `python -m train
calibrate --familiar` sets it anew. The page then shows such faces as unfamiliar.
"""


def add(commands: Commands) -> None:
    """`python -m train unfamiliar`."""
    raw = argparse.RawDescriptionHelpFormatter
    unfamiliar = commands.add_parser(
        "unfamiliar",
        help="whether a model tells that a picture is no face it knows",
        epilog=EXAMPLE,
        formatter_class=raw,
    )
    add_model_and_data(unfamiliar)
    unfamiliar.add_argument("--split", metavar="PART", help="which faces of DATA, as in evaluate")
    unfamiliar.add_argument(
        "--photos", type=Path, metavar="DATA", help="photos whose parts without a face are judged"
    )
    unfamiliar.add_argument(
        "--also",
        action="append",
        default=[],
        metavar="NAME=DATA",
        help="pictures of a kind of your own; may be given more than once. --framing is not of"
        " them: plain pictures are photos to find faces in, others say it, or it is guessed",
    )
    unfamiliar.add_argument(
        "--count", type=arguments.whole(10), default=1000, help="pictures of every kind (1000)"
    )
    unfamiliar.add_argument("--seed", type=arguments.whole(0), default=0, help="of what is drawn")
    unfamiliar.add_argument("--json", type=Path, metavar="FILE", help="write every figure")
    unfamiliar.set_defaults(run=_unfamiliar)


def _unfamiliar(chosen: argparse.Namespace) -> None:
    from train.find_model import find_model

    given = [
        chosen.data,
        *([chosen.photos] if chosen.photos else []),
        *(path for _, path in _split(chosen.also)),
    ]
    check_output(chosen.json, (".json",), given)
    find_model(chosen.model, ROOT / "models")  # complains before anything is fetched
    fetch_data(chosen)
    found = _judged(chosen)
    console = Console(highlight=False, markup=False)
    console.print(f"{found.model}: {found.faces} faces of {found.data} ({found.part})")
    for head in found.heads:
        _print(console, head)
    if chosen.json:
        text = json.dumps(dataclasses.asdict(found), indent=1, ensure_ascii=False)
        chosen.json.write_text(text + "\n", encoding="utf-8")


def _judged(chosen: argparse.Namespace) -> Unfamiliarity:
    from train.checkpoint import load
    from train.data.open_dataset import open_dataset
    from train.find_model import find_model
    from train.judged_part import judged_part
    from train.model_task import reading_for
    from train.unfamiliar.judge_unfamiliar import Strange, judge_unfamiliar

    folder = find_model(chosen.model, ROOT / "models")
    strange = Strange(
        photos=open_dataset(chosen.photos) if chosen.photos else None,
        others=_named(chosen.also),
        count=chosen.count,
        seed=chosen.seed,
    )
    net, contract = load(folder)
    reading = reading_for(folder, contract, reading_of(chosen))
    faces, part = judged_part(chosen.data, chosen.split, models=[folder], reading=reading)
    with watch("pictures") as on_stage:
        return judge_unfamiliar(
            net,
            contract,
            faces,
            strange,
            part=part,
            framing=chosen.framing,
            on_step=lambda done, total: on_stage("pictures", done, total),
        )


def _named(given: Sequence[str]) -> dict[str, Dataset]:
    from train.data.open_dataset import open_dataset

    return {name: open_dataset(path) for name, path in _split(given)}


def _split(given: Sequence[str]) -> list[tuple[str, Path]]:
    found = []
    for text in given:
        name, equals, path = text.partition("=")
        if not (name and equals and path):
            raise InputError(f"--also {text}: is not NAME=DATA")
        if not Path(path).exists():
            raise InputError(f"{path}: no such file or folder")
        found.append((name, Path(path)))
    return found


def _print(console: Console, found: HeadUnfamiliarity) -> None:
    own = found.head.familiar_above
    said = "sets no threshold" if own is None else f"flags {found.refused:.1%} of these faces"
    console.print(
        f"\n{found.head.name}: 95% have an energy from {found.least:.3f}; contract {said}"
    )
    table = Table(box=None, header_style="dim")
    for i, title in enumerate(("kind", "pictures", "AUROC", "flagged", "by contract")):
        table.add_column(title, justify="right" if i else "left")
    for kind in found.kinds:
        by = "–" if kind.flagged_by_contract is None else f"{kind.flagged_by_contract:.1%}"
        table.add_row(kind.name, str(kind.pictures), f"{kind.auroc:.3f}", f"{kind.flagged:.1%}", by)
    console.print(table)
