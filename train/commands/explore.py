"""`python -m train explore`: what is in a dataset, and what is wrong with it, as one HTML file."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.watch import watch

if TYPE_CHECKING:
    from train.explore.ask_model import ModelOpinion
    from train.explore.explore import Exploration

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """examples:
  python -m train explore fer2013.zip
  python -m train explore faces/ --head gender --model emotion-b0 --out faces.html

The page shows how labels are distributed, sizes and light, copies within and across parts, copies
with two labels, labels in doubt, pictures that may be no faces, what could not be read, and some
pictures of each label. Where a label is wrong it gives the line for a corrections.csv, which every
reader applies when it lies in a folder, or beside a file.
"""


def add(commands: Commands) -> None:
    """`python -m train explore`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "what is in a dataset, and what is wrong with it"
    explore = commands.add_parser("explore", help=summary, epilog=EXAMPLE, formatter_class=raw)
    add_data_arguments(explore)
    explore.add_argument("--split", metavar="PART", help="only this part of the data (all)")
    explore.add_argument(
        "--head",
        dest="doubted",
        metavar="HEAD",
        help="whose labels are doubted and shown; in folders named for labels, what these are"
        " labels of (that which most pictures have)",
    )
    explore.add_argument(
        "--model", metavar="MODEL", help="doubt labels with this model, not with neighbours"
    )
    explore.add_argument(
        "--most",
        type=arguments.whole(1),
        default=40_000,
        help="open so many pictures at most, drawn at random (40000)",
    )
    explore.add_argument(
        "--out", type=Path, default=Path("explore.html"), metavar="FILE", help="(explore.html)"
    )
    explore.set_defaults(run=_explore)


def _explore(chosen: argparse.Namespace) -> None:
    from train.data.open_dataset import open_dataset
    from train.explore.explore import ExploreOptions, explore
    from train.explore.render import render

    if not chosen.out.parent.is_dir():
        raise InputError(f"{chosen.out}: its folder does not exist")
    second_opinion = _second_opinion(chosen)
    reading = dataclasses.replace(reading_of(chosen), head=chosen.doubted or "emotion")
    if second_opinion is not None:
        reading = second_opinion.reading(reading)
    fetch_data(chosen)
    dataset = open_dataset(chosen.data, chosen.split, reading=reading)
    options = ExploreOptions(head=chosen.doubted, most=chosen.most)
    with watch("opening") as on_step:
        found = explore(dataset, options, second_opinion=second_opinion, on_step=on_step)
    chosen.out.write_text(render(found), encoding="utf-8")
    print(_summary(found))
    print(chosen.out)


def _second_opinion(chosen: argparse.Namespace) -> ModelOpinion | None:
    from train.explore.ask_model import ModelOpinion
    from train.find_model import find_model

    if chosen.model is None:
        return None
    return ModelOpinion(find_model(chosen.model, ROOT / "models"), chosen.framing)


def _summary(found: Exploration) -> str:
    copies, odd = found.copies, found.odd
    return (
        f"{found.dataset.name}: {len(found.dataset.records)} pictures,"
        f" {len(found.problems)} left out; {copies.surplus} exact copies,"
        f" {len(copies.conflicting)} groups of copies with two labels;"
        f" {len(odd.flat) + len(odd.plain)} flat or plain pictures"
    )
