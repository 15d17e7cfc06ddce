"""`python -m train masks`: faces with drawn masks, where no pictures with real ones know enough."""

from __future__ import annotations

import argparse
from pathlib import Path

from face_detect import arguments
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.watch import watch
from train.outputs import check_output

EXAMPLE = """example:
  python -m train masks fairface.zip masked.zip
  python -m train fit masked.zip --name mask-18 --task docs/tasks/mask-18.csv

DATA knows age, gender and race as FairFace does. OUT has every face three times: as it is (none),
with a mask over nose and chin (worn), and with one below the nose or on the chin (wrong). The mask
follows the face's 68 landmarks; its colour, weave, pattern, folds and strings are drawn by the
seed. Of photos the faces are cut out as the page would without the mask: with one, its detector
misses many. Faces that are cut out already stay as they are. OUT is in FairFace's layout, and its
table has two columns more: mask, and face, by which all three fall into one part. Give it in place
of DATA, not beside it.

Drawn masks are no real ones: judge by pictures of people who wear some.
"""


def add(commands: Commands) -> None:
    """`python -m train masks`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "draw masks on faces, worn and worn wrong"
    masks = commands.add_parser("masks", help=summary, epilog=EXAMPLE, formatter_class=raw)
    add_data_arguments(masks)
    masks.add_argument("out", type=Path, metavar="OUT", help="the zip to write")
    masks.add_argument("--most", type=arguments.whole(1), help="of so many faces at most (all)")
    masks.add_argument("--seed", type=arguments.whole(0), default=0, help="(0)")
    masks.set_defaults(run=_masks)


def _masks(chosen: argparse.Namespace) -> None:
    from train.data.open_dataset import open_dataset
    from train.masks.make_masks import make_masks

    check_output(chosen.out, (".zip",), (chosen.data,))
    fetch_data(chosen)
    dataset = open_dataset(chosen.data, reading=reading_of(chosen))
    with watch("faces") as on_stage:
        found = make_masks(
            dataset,
            chosen.out,
            seed=chosen.seed,
            most=chosen.most,
            framing=chosen.framing,
            on_step=lambda done, total: on_stage("faces", done, total),
        )
    left_out = "".join(f", {count} × {reason}" for reason, count in found.left_out.items())
    print(f"{chosen.out}: {found.faces} faces, each without a mask, with one, and wrong{left_out}")
