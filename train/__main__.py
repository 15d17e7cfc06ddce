"""`python -m train`: labelled faces in, models out, and what they are worth."""

from __future__ import annotations

import argparse
import sys

from face_detect.command import exit_code_of
from train.commands import (
    ablate,
    align,
    calibrate,
    card,
    compare,
    evaluate,
    explore,
    fit,
    framing,
    masks,
    prepare,
    pseudo,
    runs,
    sequence,
    skew,
    speed,
    trace,
    unfamiliar,
    vote,
    zoo,
)

_COMMANDS = (
    explore,
    framing,
    align,
    masks,
    prepare,
    fit,
    ablate,
    zoo,
    evaluate,
    skew,
    pseudo,
    vote,
    unfamiliar,
    sequence,
    calibrate,
    card,
    runs,
    speed,
    trace,
    compare,
)


def main() -> None:
    """Entry point of `facecast-train`."""
    sys.exit(exit_code_of(_run))


def _run() -> None:
    parser = argparse.ArgumentParser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    chosen = parser.parse_args()
    chosen.run(chosen)


if __name__ == "__main__":
    main()
