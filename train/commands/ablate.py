"""`python -m train ablate`: which choice helped, on one's own data."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from face_detect.swap import refuse_strangers
from train.commands import Commands
from train.commands.data_arguments import add_data_arguments, fetch_data, reading_of
from train.commands.fit import ROOT, fabric_for, model_at
from train.commands.study_progress import study_progress

if TYPE_CHECKING:
    from train.plan import Plan
    from train.study.findings import Findings
    from train.study.study import Study

EXAMPLE = """example:
  python -m train ablate docs/studies/activations.toml fer2013.zip
  python -m train ablate rates.toml mine/ --export-best models/mine

STUDY.toml:
  design = "one-at-a-time"       # each value alone against the base; or "grid": all with all
  seeds = [0, 1, 2]              # each arm once with each
  test = false                   # true: judge every run on the test part, too, once
  pruner = "median"              # stop runs that are worse than the median (none)
  [budget]
  epochs = 30                    # of each run, at most
  patience = 3                   # epochs without gain after which a run stops; 0: never (3)
  hours = 8                      # begin no run after so long; the same command goes on (no end)
  [base]                         # whatever fit takes; the rest is as fit has it
  net = "slim"
  [factors]                      # options of fit, of the augmentation, or of the net's name
  activation = ["relu", "gelu"]
  batch = [64, 128]
  loss = [{label_smoothing = 0.0}, {name = "focal", focal = 2.0}]   # options that go together

Runs are compared on the validation part, which is the same for all, by macro recall; the best is
chosen by macro F1. Each run is as fit makes it: its record lies in DIR/runs/, its model in
DIR/models/. The report is DIR/report.html, for programs DIR/study.json.

Interrupted or killed, the same command goes on: no finished run is lost or run again, and the
unfinished one goes on from its last whole epoch.
"""


def add(commands: Commands) -> None:
    """`python -m train ablate`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "which choice helped: arms, seeds, and whether they differ"
    ablate = commands.add_parser("ablate", help=summary, epilog=EXAMPLE, formatter_class=raw)
    ablate.add_argument("study", type=Path, metavar="STUDY.toml", help="what is tried")
    add_data_arguments(ablate)
    add_study_arguments(ablate)
    ablate.add_argument(
        "--export-best",
        type=Path,
        metavar="models/NAME",
        help="copy the best arm's best run there, judged on its test part, for make export",
    )
    ablate.set_defaults(run=_ablate)


def add_study_arguments(parser: argparse.ArgumentParser) -> None:
    """Where a study goes, and what it runs on."""
    parser.add_argument("--out", type=Path, metavar="DIR", help="the study's folder (studies/NAME)")
    parser.add_argument(
        "--accelerator", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="(auto)"
    )


def _ablate(chosen: argparse.Namespace) -> None:
    from train.check_plan import check_plan
    from train.checkpoint import is_model
    from train.study.read_study import read_study

    for arm in read_study(chosen.study, _plan(chosen), model_at).arms:
        check_plan(arm.plan)
    if chosen.export_best:
        refuse_strangers(chosen.export_best, is_model)
    fetch_data(chosen)
    study = read_study(chosen.study, _plan(chosen), model_at)
    folder = chosen.out or ROOT / "studies" / study.name
    findings = studied(study, folder, chosen.accelerator, export=chosen.export_best)
    print_findings(findings, folder)
    if findings.best and findings.best.best_run and not chosen.export_best:
        from train.code_version import command_line

        print(f"to the page: {command_line()} --export-best models/NAME, then make export")


def studied(study: Study, folder: Path, accelerator: str, export: Path | None = None) -> Findings:
    """Run what is left of a study; its report is there from the first run on."""
    from train.source import SharedSource
    from train.study.export_best import export_best
    from train.study.findings import find
    from train.study.run_study import Ran, run_study
    from train.study.write_report import write_report

    source = SharedSource()
    with study_progress() as watch:

        def found(ran: Sequence[Ran]) -> Findings:
            return find(study, ran, source.gather(ran[0].job.plan, watch))

        ran = run_study(
            study,
            folder,
            fabric_for=lambda plan: fabric_for(accelerator, plan),
            watch=watch,
            source=source,
            so_far=lambda ran: write_report(found(ran), folder),
        )
        findings = found(ran)
        write_report(findings, folder)
        if export:
            figures = export_best(findings, export, source, watch)
            known = "learned from" if study.test else "seen"
            watch.say(
                f"{export}: macro recall {figures.macro_recall:.1%}, macro F1"
                f" {figures.macro_f1:.1%}, accuracy {figures.accuracy:.1%} on"
                f" {figures.pictures} pictures that no run has {known}"
            )
    return findings


def print_findings(findings: Findings, folder: Path) -> None:
    """The table, and where the rest is."""
    from rich.table import Table

    from train.study.table import table
    from train.study.write_report import REPORT

    found = table(findings)
    console = Console(highlight=False, markup=False)
    shown = Table(box=None, header_style="dim", pad_edge=False)
    wide = len(found.titles) if console.width >= 140 else found.titles.index("p (Holm)")
    for i, title in enumerate(found.titles[:wide]):
        shown.add_column(title, justify="right" if i else "left", overflow="fold")
    for row in found.rows:
        shown.add_row(*row[:wide])
    console.print(shown)
    console.print(f"{folder / REPORT}", soft_wrap=True)


def _plan(chosen: argparse.Namespace) -> Plan:
    from train.plan import Plan

    reading = dataclasses.replace(reading_of(chosen), head="emotion")
    return Plan(data=chosen.data, name="study", framing=chosen.framing, reading=reading)
