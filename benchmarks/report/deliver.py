"""What every command does with its report: judge it, keep it, show it, and say how it went."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from benchmarks.report.budgets import BUDGETS, judge, read_budgets
from benchmarks.report.compare import Comparison, compare, slowed
from benchmarks.report.report import Report, read_report, write_report, write_whole
from benchmarks.report.to_csv import to_csv
from benchmarks.report.to_html import to_html
from benchmarks.report.to_markdown import to_markdown
from benchmarks.report.to_table import to_table
from face_detect import arguments
from face_detect.command import GateError, InputError, MachineError

EXIT_CODES = """what a run says is in its exit code:
  0  every bound in the budgets is kept, as far as it was measured
  1  a figure is over its bound, or --fail-on-slower found something; nothing else ends with 1
  2  bad usage or input
  3  INVALID: the machine was busy or throttled, there are too few samples, or something could not
     be measured, or --fail-on-slower had nothing to compare; measure again
make turns 1 and 3 into its own 2: ask python -m benchmarks where the difference counts.
"""
_FORMS = {
    "json": "every sample and all that follows; --compare reads it",
    "markdown": "tables to paste into a pull request",
    "csv": "one row a sample",
    "html": "one page with plots, whole in itself",
}


def output_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that all commands share."""
    group = parser.add_argument_group("what becomes of it")
    for name, words in _FORMS.items():
        group.add_argument(f"--{name}", type=Path, metavar="FILE", help=words)
    group.add_argument(
        "--compare",
        type=Path,
        metavar="OLD.json",
        help="tell what became faster or slower since, and in which stage",
    )
    group.add_argument(
        "--fail-on-slower",
        type=arguments.real(1, 100),
        metavar="RATIO",
        help="exit with 1 where something surely takes more than RATIO times as long as in OLD,"
        " with 3 where the two runs do not compare",
    )
    group.add_argument(
        "--budgets",
        type=Path,
        metavar="FILE",
        default=BUDGETS,
        help="bounds on the figures (benchmarks/budgets.toml)",
    )


def check_outputs(chosen: argparse.Namespace) -> None:
    """Complain before anything is measured of what would fail afterwards."""
    for name in _FORMS:
        path = getattr(chosen, name, None)
        if path and not path.resolve().parent.is_dir():
            raise InputError(f"{path}: its folder does not exist")
        if path and path.is_dir():
            raise InputError(f"{path}: is a folder; name a file in it")
    if getattr(chosen, "fail_on_slower", None) and not chosen.compare:
        raise InputError("--fail-on-slower needs --compare OLD.json")
    if getattr(chosen, "compare", None):
        read_report(chosen.compare)
    if getattr(chosen, "budgets", None):
        read_budgets(chosen.budgets)


def deliver(report: Report, chosen: argparse.Namespace, console: Console | None = None) -> int:
    """The exit code: 0, 1 where a bound is broken, 3 where the run is invalid."""
    finished = finish(report, chosen)
    if chosen.json:
        write_report(chosen.json, finished)
    for path, text_of in _texts(chosen):
        write_whole(path, text_of(finished))
    (console or Console()).print(to_table(finished))
    error = complaint(finished, chosen.fail_on_slower)
    if error is None:
        return 0
    sys.stderr.write(f"error: {error}\n")
    return error.exit_code


def finish(report: Report, chosen: argparse.Namespace) -> Report:
    """With its figures judged, and beside an older run where one is named."""
    old = read_report(chosen.compare) if chosen.compare else None
    return dataclasses.replace(
        report,
        gates=judge(report.figures, read_budgets(chosen.budgets)),
        comparison=compare(old, report) if old else None,
    )


def complaint(report: Report, slower: float | None = None) -> GateError | MachineError | None:
    """What to end with. An invalid run comes first, for it decides nothing about a bound."""
    if not report.validity.valid:
        return MachineError(f"the run is invalid: {'; '.join(report.validity.reasons)}")
    said = [
        f"{gate.name}: measured {gate.measured:.4g}, allowed {gate.kind.replace('_', ' ')}"
        f" {gate.bound:.4g}"
        for gate in report.gates
        if not gate.passed
    ]
    if slower and report.comparison:
        unjudged = _unjudged(report.comparison)
        if unjudged and not said:
            return MachineError(f"nothing to compare: {unjudged}")
        said += [
            f"{change.name}: {change.verdict}, {change.ratio:.2f} times what it was"
            for change in slowed(report.comparison, slower)
        ]
    return GateError("; ".join(said)) if said else None


def _unjudged(comparison: Comparison) -> str:
    """Why nothing can be called slower; empty where something can."""
    if comparison.reasons:
        return "; ".join(comparison.reasons)
    judged = any(change.verdict != "not comparable" for change in comparison.changes)
    return "" if judged else "the two runs share nothing that has samples enough"


def _texts(chosen: argparse.Namespace) -> Iterator[tuple[Path, Callable[[Report], str]]]:
    for form, text_of in (("markdown", to_markdown), ("csv", to_csv), ("html", to_html)):
        if path := getattr(chosen, form):
            yield path, text_of
