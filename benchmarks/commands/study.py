"""`python -m benchmarks study`: a study's nets in the browser, and which are worth their time."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from benchmarks.commands import Commands
from benchmarks.commands.show import watched
from benchmarks.report.deliver import EXIT_CODES, deliver, output_arguments
from face_detect import arguments

if TYPE_CHECKING:
    from benchmarks.study.arm_export import ArmExport

_EPILOG = f"""what it does
  DIR is the folder of a study, as python -m train ablate or zoo fills it. The best run's model of
  every arm is exported as python -m export would, weights as narrow as its gates allow, and proven
  in Chromium. What does not export is told with its operator; that is an answer, and no error.
  Then the nets take turns in one Chromium: each is loaded anew in every round, and reads the same
  frames of a film with a moving face, one thread, detector and classifier on every frame.

what comes of it, in DIR/browser/
  report.html, .md, .csv and .json   accuracy and macro F1 beside milliseconds, load time, bytes and
                                     drift, and the plots with the Pareto line
  NAME/site, NAME.json               each model's site, and what became of its export
  samples.json                       every sample

A finished export is never done again while weights and code stay the same, and neither is a valid
measurement in the same Chromium: killed at any moment, the same command goes on.

examples
  python -m benchmarks study studies/zoo
  python -m benchmarks study studies/zoo --only-export
  python -m benchmarks study studies/zoo --frames 300 --again

{EXIT_CODES}"""


def add(commands: Commands) -> None:
    """`python -m benchmarks study`."""
    parser = commands.add_parser(
        "study",
        help="a study's nets: what exports, what it takes, accuracy against milliseconds",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("study", type=Path, metavar="DIR", help="with study.json in it")
    parser.add_argument(
        "--frames", type=arguments.whole(5, 100_000), default=100, help="of each net (100)"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--only-export", action="store_true", help="measure nothing")
    which.add_argument("--again", action="store_true", help="measure again, with kept exports")
    output_arguments(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    from benchmarks.study.arms import read_arms
    from benchmarks.study.export_arms import Watching
    from benchmarks.study.measure import TurnOptions
    from benchmarks.study.run_study import BROWSER, StudyOptions, run_study

    folder: Path = chosen.study
    turns = TurnOptions(frames=chosen.frames)
    options = StudyOptions(turns=turns, only_export=chosen.only_export, again=chosen.again)
    arms = [arm.name for arm in read_arms(folder).arms if arm.model]
    console = Console(stderr=True, highlight=False, markup=False)
    measures = 0 if chosen.only_export else len(arms) * turns.rounds
    with watched(exports=len(arms), turns=measures) as on_step:
        done: list[str] = []

        def on_done(arm: str, export: ArmExport | None) -> None:
            done.append(arm)
            on_step("exports", len(done))
            console.print(f"{arm}: {_words(export)}")

        def on_line(arm: str, line: str) -> None:
            console.print(f"{arm}: {line}", style="dim")

        watching = Watching(on_line=on_line, on_done=on_done)
        report = run_study(folder, options, watching, on_step)
    code = deliver(report, chosen)
    Console(highlight=False, markup=False).print(folder / BROWSER / "report.html", soft_wrap=True)
    return code


def _words(export: ArmExport | None) -> str:
    if export is None:
        return "not exported: the machine stood in the way"
    if export.shipped:
        return f"exported as {export.shipped.variant}"
    assert export.refusal is not None
    return f"does not export: {', '.join(export.refusal.operators) or export.refusal.message}"
