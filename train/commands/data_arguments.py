"""The options that say how a dataset is to be read, alike in every command that reads one."""

from __future__ import annotations

import argparse
import typing
from pathlib import Path

from train.data.labels import NAMED
from train.data.read_labels import read_labels
from train.data.reading import Annotators, Format, Reading


def data_at(given: str) -> Path:
    """A path as it is; for a URL the folder that its shards are fetched to."""
    if "://" not in given:
        return Path(given)
    from train.commands.watch import watch
    from train.data.fetch_shards import fetch_shards

    with watch(f"asking for {given}") as tell:
        return fetch_shards(given, on_step=tell)


def add_data_arguments(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """DATA and how to read it; `several` may be given, as a list."""
    parser.add_argument(
        "data",
        type=data_at,
        nargs="+" if several else None,
        metavar="DATA",
        help="a folder or zip of label/picture, with train/ and test/ or without, fer2013.csv,"
        " FairFace, AI-Hub's emotion set, id_gender_race_age folders, plain pictures, or the shards"
        " that `train prepare` made of any of these, there or behind a URL (s3://...)",
    )
    add_reading_arguments(parser)


def add_reading_arguments(parser: argparse.ArgumentParser, relabel: str = "--labels") -> None:
    """How to read it; `relabel` is the option's name where `--labels` means something else."""
    group = parser.add_argument_group("the data")
    group.add_argument(
        "--format",
        choices=typing.get_args(Format),
        default="auto",
        help="its reader (auto: look what lies there)",
    )
    group.add_argument(
        "--framing",
        choices=("auto", "crop", "photo"),
        default="auto",
        help="whether pictures are faces cut out or photos to find them in (auto: as the data say)",
    )
    group.add_argument(
        relabel,
        dest="labels",
        metavar="TABLE",
        help=f"turn labels into others: {', '.join(NAMED)}, or a CSV file with from,to or a task's"
        " table",
    )
    group.add_argument(
        "--annotators",
        choices=typing.get_args(Annotators),
        default="majority",
        help="whose label counts where several people gave one (majority)",
    )
    group.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="CSV of names and right labels, or drop (NAME.corrections.csv beside the data,"
        " or a corrections.csv in its folder or beside its file)",
    )


def reading_of(chosen: argparse.Namespace) -> Reading:
    """What was chosen, as `open_dataset` takes it."""
    return Reading(
        format=chosen.format,
        head=getattr(chosen, "head", None) or "emotion",
        labels=read_labels(chosen.labels) if chosen.labels else None,
        annotators=chosen.annotators,
        corrections=chosen.corrections,
    )
