"""`python -m train`: fit a net to labelled faces."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console

from face_detect.command import exit_code_of

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = """example:
  python -m train fit fer2013.zip --name emotion-b0 --epochs 14

DATA is a folder or a zip with train/LABEL/*.jpg and test/LABEL/*.jpg, of faces that are already
cut out. The model goes to models/NAME/ (weights, contract, card), the run's checkpoint to
runs/NAME/. Started again, a run that was interrupted goes on from its last whole epoch.
"""


def main() -> None:
    """Entry point of `facecast-train`."""
    sys.exit(exit_code_of(_run))


def _run() -> None:
    options = _parser().parse_args()
    _fit(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    raw = argparse.RawDescriptionHelpFormatter
    fit = commands.add_parser(
        "fit", help="labelled faces in, models/NAME/ out", epilog=EXAMPLE, formatter_class=raw
    )
    fit.add_argument("data", type=Path, metavar="DATA")
    fit.add_argument("--name", required=True, help="the model's name: models/NAME/ is written")
    fit.add_argument("--net", default="efficientnet-b0")
    fit.add_argument("--size", type=int, default=48, help="side of the net's input (default 48)")
    fit.add_argument("--channels", choices=("grey", "rgb"), default="grey")
    fit.add_argument("--epochs", type=int, default=14)
    fit.add_argument("--batch", type=int, default=128)
    fit.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    fit.add_argument("--seed", type=int, default=0)
    return parser


def _fit(chosen: argparse.Namespace) -> None:
    from train.card import card
    from train.fit import Epoch, FitOptions
    from train.run import run

    console = Console(stderr=True)
    options = FitOptions(
        epochs=chosen.epochs, batch=chosen.batch, rate=chosen.rate, seed=chosen.seed
    )
    folder = ROOT / "models" / chosen.name

    def show(epoch: Epoch) -> None:
        console.print(
            f"epoch {epoch.number + 1:>3}/{options.epochs}  loss {epoch.loss:.3f}"
            f"  validation loss {epoch.valid_loss:.3f}  accuracy {epoch.valid_accuracy:.1%}"
        )

    outcome = run(
        chosen.data,
        folder,
        net=chosen.net,
        size=chosen.size,
        channels=chosen.channels,
        options=options,
        on_epoch=show,
        on_batch=lambda: None,
        record_folder=ROOT / "runs" / chosen.name,
    )
    text = card(
        outcome.contract,
        outcome.evaluation,
        data="FER2013, Kaggle's folder edition" if "fer" in chosen.data.name else chosen.data.name,
        licence="see its source",
        made_by=f"python -m train fit {chosen.data.name} --name {chosen.name}"
        f" --size {chosen.size} --epochs {chosen.epochs} --seed {chosen.seed}",
    )
    (folder / "card.md").write_text(text, encoding="utf-8")
    figures = outcome.evaluation
    print(
        f"{folder}: accuracy {figures.accuracy:.1%}, macro F1 {figures.macro_f1:.1%},"
        f" macro recall {figures.macro_recall:.1%} on {figures.pictures} pictures"
    )


if __name__ == "__main__":
    main()
