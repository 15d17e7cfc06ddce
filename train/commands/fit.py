"""`python -m train fit`: fit a net to labelled faces."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from face_detect import arguments
from face_detect.swap import staged
from train.commands import Commands

if TYPE_CHECKING:
    from train.run import Outcome

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """example:
  python -m train fit fer2013.zip --name emotion-b0 --epochs 14

DATA is a folder or a zip with train/LABEL/*.jpg and test/LABEL/*.jpg, of faces that are already
cut out. One picture in ten of train is held back to calibrate on; test is used once, at the end.

The model goes to models/NAME/ (weights, contract, card), the run's checkpoint to runs/NAME/.
Started again, a run that was interrupted goes on from its last whole epoch.
"""


def add(commands: Commands) -> None:
    """`python -m train fit`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "labelled faces in, models/NAME/ out"
    fit = commands.add_parser("fit", help=summary, epilog=EXAMPLE, formatter_class=raw)
    fit.add_argument("data", type=Path, metavar="DATA", help="folder or zip of labelled crops")
    fit.add_argument(
        "--name",
        required=True,
        type=arguments.name,
        help="the model's name: models/NAME/ is written",
    )
    fit.add_argument("--net", default="efficientnet-b0", help="architecture (efficientnet-b0)")
    fit.add_argument(
        "--size", type=arguments.count, default=48, help="side of the net's input (48)"
    )
    fit.add_argument("--channels", choices=("grey", "rgb"), default="grey", help="(grey)")
    fit.add_argument("--epochs", type=arguments.count, default=14, help="passes over the data (14)")
    fit.add_argument("--batch", type=arguments.count, default=128, help="pictures a step (128)")
    fit.add_argument(
        "--rate", type=arguments.positive, default=2e-3, help="peak learning rate (0.002)"
    )
    fit.add_argument(
        "--seed", type=arguments.natural, default=0, help="of everything that is drawn (0)"
    )
    fit.add_argument("--data-name", help="what the card calls the data (its file name)")
    fit.add_argument("--data-licence", default="not stated", help="for the card")
    fit.set_defaults(run=_fit)


def _fit(chosen: argparse.Namespace) -> None:
    from train.checkpoint import is_model, save
    from train.fit import Epoch, FitOptions
    from train.run import run

    console = Console(stderr=True)
    options = FitOptions(
        epochs=chosen.epochs, batch=chosen.batch, rate=chosen.rate, seed=chosen.seed
    )

    def show(epoch: Epoch) -> None:
        console.print(
            f"epoch {epoch.number + 1:>3}/{options.epochs}  loss {epoch.loss:.3f}"
            f"  validation loss {epoch.valid_loss:.3f}  accuracy {epoch.valid_accuracy:.1%}"
        )

    columns = (TextColumn("steps"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("steps", total=None)
        outcome = run(
            chosen.data,
            chosen.name,
            net=chosen.net,
            size=chosen.size,
            channels=chosen.channels,
            options=options,
            on_epoch=show,
            on_step=lambda done, total: bar.update(task, completed=done, total=total),
            record_folder=ROOT / "runs" / chosen.name,
        )
    folder = ROOT / "models" / chosen.name
    with staged(folder, is_model) as staging:
        save(outcome.net, outcome.contract, staging)
        (staging / "card.md").write_text(_card(chosen, outcome), encoding="utf-8")
    figures = outcome.evaluation
    print(
        f"{folder}: accuracy {figures.accuracy:.1%}, macro F1 {figures.macro_f1:.1%},"
        f" macro recall {figures.macro_recall:.1%} on {figures.pictures} pictures"
    )


def _card(chosen: argparse.Namespace, outcome: Outcome) -> str:
    from train.card import card

    return card(
        outcome.contract,
        outcome.evaluation,
        data=chosen.data_name or chosen.data.name,
        licence=chosen.data_licence,
        made_by=f"python -m train fit {chosen.data.name} --name {chosen.name} --net {chosen.net}"
        f" --size {chosen.size} --channels {chosen.channels} --epochs {chosen.epochs}"
        f" --batch {chosen.batch} --rate {chosen.rate} --seed {chosen.seed}",
    )
