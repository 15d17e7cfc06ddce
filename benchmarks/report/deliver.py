"""What every command does with its report: judge it, keep it, show it, and say how it went."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from benchmarks.report.budgets import BUDGETS
from benchmarks.report.report import Report, write_report
from face_detect.command import InputError

_FORMS = {
    "json": "every sample and all that follows; --compare reads it",
    "markdown": "tables to paste into a pull request",
    "csv": "one row a sample",
    "html": "one page with plots, whole in itself",
}
_FILES = (*_FORMS, "compare", "budgets")


def output_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that all commands share."""
    group = parser.add_argument_group("what becomes of it")
    for name, words in _FORMS.items():
        group.add_argument(f"--{name}", type=Path, metavar="FILE", help=words)
    group.add_argument(
        "--compare", type=Path, metavar="OLD.json", help="tell what became faster or slower since"
    )
    group.add_argument(
        "--budgets",
        type=Path,
        metavar="FILE",
        default=BUDGETS,
        help="bounds on the figures (benchmarks/budgets.toml)",
    )


def check_outputs(chosen: argparse.Namespace) -> None:
    """Complain before anything is measured of a file that could not be written afterwards."""
    for name in _FORMS:
        path = getattr(chosen, name, None)
        if path and not path.resolve().parent.is_dir():
            raise InputError(f"{path}: its folder does not exist")


def deliver(report: Report, chosen: argparse.Namespace, console: Console | None = None) -> int:
    """The exit code: 0, 1 where a budget is broken, 3 where the run is invalid."""
    if chosen.json:
        write_report(chosen.json, report)
    return 0 if report.validity.valid else 3
