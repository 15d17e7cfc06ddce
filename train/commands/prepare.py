"""`python -m train prepare`: cut the faces of a dataset of any size out, once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.cluster_arguments import add_cluster_arguments, asks_for_ray
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.prepare_progress import prepare_progress
from train.commands.watch import watch

if TYPE_CHECKING:
    from train.contract import Crop
    from train.prepare.engine import Engine
    from train.prepare.options import PrepareOptions

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """examples:
  python -m train prepare aihub/ --out shards
  python -m train prepare aihub/ --out shards --annotators unanimous --labels fer --boxes
  python -m train fit shards --name korean --most 20000
  python -m train prepare shards --check
  python -m train prepare aihub/ --out shards --engine ray --address auto

DATA is any dataset that `python -m train explore` can read; zips stay packed. Each picture is
decoded small for the detector, as far as its codec can, and larger only where the face needs it.
The face is found as the page finds it: of several the most certain one, or the one that the data's
own box means. It is kept as a JPEG with a margin around the square that the classifier will see,
and with its box, so that `fit`, `evaluate` and the others cut it out by the contract's own rule.
Faces that DATA has cut out already stay as they are, but for their size.

SHARDS gets faces-NUMBER-SHA.tar (WebDataset: a .jpg and a .json for each face), a list beside each
(.jsonl), notes.csv and notes.html (what was left out, or taken with a doubt, and why) and, last of
all, index.json: counts by label, part and person, checksums, the crop rule. A person is in one
part: the data's own, or, where they have none, drawn by the seed.

Interrupted or killed, the same command goes on from what is there and ends with the same bytes, for
any number of workers, wherever they are. With other data or options it is refused. Nothing of DATA
is changed. With --engine ray the nodes of a cluster read DATA by the same path and send the faces
back; only this process writes SHARDS.
"""


def add(commands: Commands) -> None:
    """`python -m train prepare`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "cut the faces of a dataset of any size out once, into shards"
    prepare = commands.add_parser("prepare", help=summary, epilog=EXAMPLE, formatter_class=raw)
    add_data_arguments(prepare)
    prepare.add_argument("--out", type=Path, metavar="SHARDS", help="the folder to write")
    prepare.add_argument(
        "--check", action="store_true", help="only read the shards in DATA and hold them to SHA-256"
    )
    _add_faces(prepare.add_argument_group("the faces"))
    _add_parts(prepare.add_argument_group("parts of the data, where they have none of their own"))
    _add_machine(prepare.add_argument_group("the machine"))
    prepare.set_defaults(run=_prepare)


def _add_faces(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--boxes",
        action="store_true",
        help="look for a face only where the data's own box is, if there is one; where the detector"
        " sees none there, that box itself is taken",
    )
    group.add_argument(
        "--size",
        type=arguments.whole(16, 2048),
        default=224,
        help="side in pixels, at most, of the square that a net will see; none is blown up (224)",
    )
    group.add_argument(
        "--margin",
        type=arguments.real(0, 2),
        default=0.25,
        help="kept on each side of that square, as a share of it, for jitter (0.25)",
    )
    group.add_argument(
        "--quality", type=arguments.whole(50, 100), default=92, help="of the JPEGs (92)"
    )
    group.add_argument(
        "--like", metavar="MODEL", help="find and frame faces by this model's contract (the page's)"
    )
    group.add_argument("--shard-mb", type=arguments.whole(1), default=256, help="(256)")


def _add_parts(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--valid", type=arguments.real(0, 0.5), default=0.1, help="share to choose by (0.1)"
    )
    group.add_argument(
        "--test", type=arguments.real(0, 0.5), default=0.1, help="share to report on (0.1)"
    )
    group.add_argument("--seed", type=arguments.whole(0), default=0, help="(0)")
    group.add_argument(
        "--head",
        help="the label of which every part has its share (that which most pictures have); in"
        " folders named for labels, what these are labels of",
    )


def _add_machine(group: argparse._ArgumentGroup) -> None:
    add_cluster_arguments(group)
    group.add_argument(
        "--workers",
        type=arguments.whole(1),
        help="processes, in a cluster at most (one for each core)",
    )
    group.add_argument(
        "--portion",
        type=arguments.whole(1),
        default=128,
        help="pictures that a worker takes at a time, and that a kill loses (128)",
    )


def _prepare(chosen: argparse.Namespace) -> None:
    if chosen.check:
        fetch_data(chosen)
        _check(chosen.data)
        return
    if chosen.out is None:
        raise InputError("--out: name the folder to write, or give --check")
    from train.data.open_dataset import open_dataset
    from train.prepare.prepare import prepare

    options = _options(chosen)
    _engine(chosen)  # complains before anything is fetched
    fetch_data(chosen)
    engine = _engine(chosen)
    dataset = open_dataset(chosen.data, reading=reading_of(chosen))
    with prepare_progress() as on_step:
        prepared = prepare(
            dataset,
            chosen.data,
            chosen.out,
            options,
            engine,
            framing=chosen.framing,
            on_step=on_step,
        )
    print(_summary(chosen.out, prepared.document))
    if prepared.was_there:
        print("all of it was there already")


def _engine(chosen: argparse.Namespace) -> Engine:
    if asks_for_ray(chosen):
        from train.prepare.ray_engine import RayEngine

        return RayEngine(chosen.workers, address=chosen.address, data=chosen.data)
    from train.prepare.local_engine import LocalEngine

    return LocalEngine(chosen.workers)


def _options(chosen: argparse.Namespace) -> PrepareOptions:
    from train.prepare.options import PrepareOptions

    return PrepareOptions(
        crop=_crop(chosen.like),
        boxes=chosen.boxes,
        size=chosen.size,
        margin=chosen.margin,
        quality=chosen.quality,
        shard_mb=chosen.shard_mb,
        portion=chosen.portion,
        valid=chosen.valid,
        test=chosen.test,
        seed=chosen.seed,
        head=chosen.head,
    )


def _crop(model: str | None) -> Crop:
    from train.checkpoint import CONTRACT
    from train.contract import Contract, Crop
    from train.find_model import find_model

    if model is None:
        return Crop()
    return Contract.read(find_model(model, ROOT / "models") / CONTRACT).crop


def _check(shards: Path) -> None:
    from train.data.check_shards import check_shards

    with watch("megabytes") as on_stage:
        index = check_shards(shards, lambda done, total: on_stage("megabytes", done, total))
    print(_summary(shards, dict(index.document)))
    print("every file is as it was written")


def _summary(out: Path, document: dict[str, Any]) -> str:
    left_out = "".join(f", {count} × {kind}" for kind, count in document["left_out"].items())
    doubts = "".join(f", {n} × {kind}" for kind, n in document["taken_with_a_doubt"].items())
    size_mb = sum(shard["tar"]["size"] for shard in document["shards"]) / 1e6
    lines = [
        f"{out}: {document['samples']} faces in {len(document['shards'])} shards, {size_mb:.0f} MB",
        f"left out{left_out.removeprefix(',')}" if left_out else "none was left out",
    ]
    return "\n".join(lines + ([f"taken with a doubt{doubts.removeprefix(',')}"] if doubts else []))
