"""The options that say how a dataset is to be read, alike in every command that reads one."""

from __future__ import annotations

import argparse
import typing
from collections.abc import Sequence
from pathlib import Path

from face_detect.command import InputError
from train.data.labels import NAMED
from train.data.read_labels import read_labels
from train.data.reading import Annotators, Format, Reading
from train.data.splits import check_split


class Url(str):
    """Where shards lie that `fetch_data` has not fetched yet."""


def data_at(given: str) -> Path | Url:
    """Only looks at what was given: nothing is fetched before the whole command is known."""
    return Url(given) if "://" in given else Path(given)


def fetch_data(chosen: argparse.Namespace) -> None:
    """Put the folders of fetched shards in the place of URLs.

    A command calls it when it has checked its options: a wrong one is not to cost a download.
    """
    if not any(isinstance(each, Url) for given in vars(chosen).values() for each in _all(given)):
        return
    _check_reading(chosen)
    for name, given in list(vars(chosen).items()):
        fetched = [_fetched(each) if isinstance(each, Url) else each for each in _all(given)]
        setattr(chosen, name, fetched if isinstance(given, list) else fetched[0])


def _all(given: object) -> Sequence[object]:
    return given if isinstance(given, list) else [given]


def _check_reading(chosen: argparse.Namespace) -> None:
    """What is else seen when the data are opened."""
    if "format" in chosen:
        reading_of(chosen)
    if "split" in chosen and chosen.split != "all":
        check_split(chosen.split)
    for name in ("corrections", "photos", "stability"):
        given = getattr(chosen, name, None)
        if given is not None and not given.exists():
            raise InputError(f"{given}: no such file or folder")


def _fetched(url: Url) -> Path:
    from train.commands.watch import watch
    from train.data.fetch_shards import fetch_shards

    with watch(f"asking for {url}") as tell:
        return fetch_shards(url, on_step=tell)


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
