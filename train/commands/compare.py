"""`python -m train compare`: how alike two clips are acted."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from face_detect import arguments
from face_detect.command import InputError
from train.commands import Commands
from train.commands.trace_with_bar import check_clip, trace_with_bar
from train.outputs import check_output

if TYPE_CHECKING:
    from train.resample import Curves
    from train.score import Score, SecondPart
    from train.trace_file import Trace

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULT_MODEL = "emotion-slim"
LONGEST_BAND_S = 5.0
DOUBTFUL = 0.5
SHORTEST_S = 2.0
"""Clips of less cannot be moved by a whole second to find where they meet."""
TRACES = (".csv", ".json")
EXAMPLE = """examples:
  python -m train compare reference.mp4 take.mp4
  python -m train compare reference.csv take.csv --band 0 --json score.json

REF and TAKE are clips of 2 s or more, or traces that `python -m train trace` wrote, both by one
model and both smoothed or not. The score is 100 for the same acting and at most 40 or so for
another emotion; its certainty says how much of the clips could be compared at all. docs/score.md
explains the rule.
"""


def add(commands: Commands) -> None:
    """`python -m train compare`."""
    raw = argparse.RawDescriptionHelpFormatter
    summary = "the acting score of a take against a reference"
    parser = commands.add_parser("compare", help=summary, epilog=EXAMPLE, formatter_class=raw)
    parser.add_argument("reference", type=Path, metavar="REF", help="a clip or its trace")
    parser.add_argument("take", type=Path, metavar="TAKE", help="a clip or its trace")
    parser.add_argument(
        "--model",
        metavar="NAME",
        help=f"a model's folder or its name in models/ ({DEFAULT_MODEL}, else the only one)",
    )
    parser.add_argument(
        "--band",
        type=arguments.real(0, LONGEST_BAND_S),
        default=0.5,
        metavar="SECONDS",
        help="how early or late a moment may be without loss, 0 for none (0.5)",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE.json", help="write the score with its parts"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw both, .png or .svg")
    parser.set_defaults(run=_compare)


def _compare(chosen: argparse.Namespace) -> None:
    from train.plot import PLOTS, save_plot
    from train.plot_score import plot_score
    from train.score import score
    from train.score_options import ScoreOptions
    from train.traced_curves import traced_curves

    clips = (chosen.reference, chosen.take)
    check_output(chosen.json, (".json",), clips)
    check_output(chosen.plot, PLOTS, clips)
    reference, take = traced_curves(*_traces(clips, chosen.model))
    options = ScoreOptions(band_s=chosen.band)
    found = score(reference, take, options)
    if chosen.json:
        text = json.dumps(dataclasses.asdict(found), ensure_ascii=False, allow_nan=False)
        chosen.json.write_text(text + "\n", encoding="utf-8")
    if chosen.plot:
        names = (chosen.reference.name, chosen.take.name)
        save_plot(plot_score(reference, take, found, names), chosen.plot)
    _print(found, min(_lasting(reference), _lasting(take)))


def _traces(paths: tuple[Path, Path], wanted: str | None) -> list[Trace]:
    """Files first, so that what is wrong with them is said before a clip is looked at."""
    from train.trace_file import read_trace

    found = {path: read_trace(path) for path in paths if path.suffix.lower() in TRACES}
    clips = {path for path in paths if path not in found}
    for clip in clips:
        check_clip(clip)
    if clips:
        model = _model(wanted)
        found |= {clip: trace_with_bar(model, clip) for clip in clips}
    elif wanted:
        raise InputError(
            f"--model {wanted}: asks nothing, for both are traces already; leave it out"
        )
    return [found[path] for path in paths]


def _model(wanted: str | None) -> Path:
    from train.checkpoint import is_model
    from train.find_model import find_model

    models = ROOT / "models"
    if wanted:
        return find_model(wanted, models)
    known = sorted(folder for folder in models.glob("*") if is_model(folder))
    if models / DEFAULT_MODEL in known:
        return models / DEFAULT_MODEL
    if len(known) != 1:
        names = ", ".join(folder.name for folder in known) or "none"
        raise InputError(f"{models}: holds {names}; choose a model with --model")
    return known[0]


def _lasting(curves: Curves) -> float:
    return curves.times_s[-1] - curves.times_s[0]


def _print(found: Score, shorter_s: float) -> None:
    console = Console(highlight=False)
    console.print(f"score [bold]{found.score:.1f}[/] of 100, certainty {found.certainty:.0%}")
    if found.offset_s:
        when = "later" if found.offset_s > 0 else "earlier"
        console.print(f"the take begins {abs(found.offset_s):.2f} s {when}")
    if found.certainty < DOUBTFUL:
        console.print("[yellow]Little of the clips could be compared: the score says little.[/]")
    if shorter_s < SHORTEST_S:
        console.print(f"[yellow]A clip of {shorter_s:.1f} s is too short to be sure.[/]")
    console.print(_emotions(found))
    console.print(_seconds(found))


def _emotions(found: Score) -> Table:
    table = _table("emotion", "score", "of the whole")
    for part in sorted(found.emotions, key=lambda part: -part.share):
        table.add_row(part.label, f"{part.score:.0f}", f"{part.share:.0%}")
    return table


def _seconds(found: Score) -> Table:
    table = _table("second", "score", "of the whole", "take is", "certainty")
    for second, part in enumerate(found.seconds):
        if part.score is not None:
            points, share = f"{part.score:.0f}", f"{part.share:.0%}"
            table.add_row(str(second), points, share, _timing(part), f"{part.certainty:.0%}")
    return table


def _timing(part: SecondPart) -> str:
    if part.late_s is None or abs(part.late_s) < 0.05:
        return ""
    return f"{abs(part.late_s):.2f} s {'late' if part.late_s > 0 else 'early'}"


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, header_style="dim")
    table.add_column(first)
    for title in others:
        table.add_column(title, justify="right")
    return table
