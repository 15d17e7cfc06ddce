"""`python -m train align`: a copy of a dataset with level eyes."""

from __future__ import annotations

import argparse
from pathlib import Path

from face_detect import arguments
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.watch import watch
from train.outputs import check_output

EXAMPLE = """example:
  python -m train align fer2013.zip aligned.zip
  python -m train zoo aligned.zip --nets slim,irnn

Finds the eyes with face-api's landmark net, and turns, scales and shifts every face so that they
lie in the same places. What comes out is for a study: the page does not align faces, so a model
that is trained on these pictures does not see on the page what it has learned from. A face whose
eyes are not seen stays as it is. Where the data tell who is in a picture, the copy does not: parts
that `fit` draws from it may share a person, and its figures then look better than they are.
"""


def add(commands: Commands) -> None:
    """`python -m train align`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "a copy of a dataset, aligned by the eyes"
    align = commands.add_parser("align", help=summary, epilog=EXAMPLE, formatter_class=raw)
    add_data_arguments(align)
    align.add_argument("out", type=Path, metavar="OUT", help="the zip to write")
    align.add_argument("--head", default="emotion", help="whose labels are kept (emotion)")
    align.add_argument("--size", type=arguments.whole(16, 512), default=48, help="(48)")
    align.set_defaults(run=_align)


def _align(chosen: argparse.Namespace) -> None:
    from train.align_data import align_data
    from train.contract import FER_LABELS, Contract, Head, Input
    from train.data.open_dataset import open_dataset

    check_output(chosen.out, (".zip",), (chosen.data,))
    head = Head(name=chosen.head, labels=FER_LABELS)
    contract = Contract(name="align", net="slim", heads=(head,), input=Input(size=chosen.size))
    fetch_data(chosen)
    dataset = open_dataset(chosen.data, reading=reading_of(chosen))
    with watch("pictures") as on_stage:
        found = align_data(
            dataset,
            contract,
            chosen.head,
            chosen.out,
            framing=chosen.framing,
            on_step=lambda done, total: on_stage("pictures", done, total),
        )
    print(
        f"{chosen.out}: {found.aligned} faces aligned, {found.as_they_were} as they were,"
        f" {found.left_out} left out"
    )
    if found.people:
        print(
            f"{chosen.out}: does not keep who is in the pictures ({found.people} people): parts"
            " that `fit` draws from it may share a person, and its figures then look better than"
            " they are"
        )
