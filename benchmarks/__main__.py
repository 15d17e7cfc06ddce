"""`python -m benchmarks`: measure what was built, in a real browser."""

from __future__ import annotations

import argparse
import sys

from benchmarks.commands import all as everything
from benchmarks.commands import (
    export,
    frame,
    load,
    made_aihub,
    native,
    page,
    peers,
    prepare,
    soak,
    study,
)
from benchmarks.report.deliver import check_outputs
from face_detect.command import GateError, MachineError, exit_code_of

_COMMANDS = (
    everything,
    frame,
    page,
    peers,
    load,
    soak,
    native,
    export,
    study,
    made_aihub,
    prepare,
)


def main() -> None:
    """Entry point of `facecast-bench`."""
    code = 0

    def run() -> None:
        nonlocal code
        code = _run()

    sys.exit(_failure(exit_code_of(run)) or code)


def _failure(code: int) -> int:
    """An error is no broken bound, whatever it is called elsewhere: 1 is `deliver`'s alone."""
    return MachineError.exit_code if code == GateError.exit_code else code


def _run() -> int:
    """Each command returns its exit code: 0, 1 over a budget, 3 where its report is invalid."""
    chosen = parser().parse_args()
    check_outputs(chosen)
    return int(chosen.run(chosen) or 0)


def parser() -> argparse.ArgumentParser:
    """All commands; how each one is called is said in its own file."""
    made = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    return made


if __name__ == "__main__":
    main()
