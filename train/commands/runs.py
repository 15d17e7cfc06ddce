"""`python -m train runs`: list past runs and compare them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from train.commands import Commands

if TYPE_CHECKING:
    from train.runs import PastRun

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = """example:
  python -m train runs
  python -m train runs emotion-b0-001 emotion-b0-002 --plot curves.png

Without a NAME, every run is listed; with one, the runs of that name. Two NAMEs or more are
compared: the settings in which they differ, and their figures side by side. Accuracy, macro F1 and
loss are those on the part of the data that was held back to validate on; "best" is the epoch that
the run would keep. A terminal of fewer than 116 columns shows no net, seed and code; --json does.
"""
WIDE = 116
"""Columns of a terminal in which every run's net, seed and code have room, too."""
_STATES = {"finished": "done", "running": "running", "interrupted": "cut off"}
_FIGURES = ("accuracy", "macro_f1", "valid_loss", "train_loss")


def add(commands: Commands) -> None:
    """`python -m train runs`."""
    raw = argparse.RawDescriptionHelpFormatter
    runs = commands.add_parser(
        "runs", help="list and compare past runs", epilog=EXAMPLE, formatter_class=raw
    )
    runs.add_argument("names", nargs="*", metavar="NAME", help="a run, or the name of several")
    runs.add_argument("--root", type=Path, default=ROOT / "runs", help="folder of runs (runs)")
    runs.add_argument("--json", action="store_true", help="print JSON instead of a table")
    runs.add_argument("--plot", type=Path, metavar="FILE.png", help="draw the runs' curves")
    runs.set_defaults(run=_runs)


def _runs(chosen: argparse.Namespace) -> None:
    from train.curves import draw_curves
    from train.runs import differences, find_runs

    found = find_runs(chosen.root, chosen.names)
    if chosen.json:
        print(json.dumps([_plain(run) for run in found], indent=2, ensure_ascii=False))
    elif not found:
        print(f"{chosen.root}: no runs yet")
    elif len(chosen.names) > 1:
        Console().print(_comparison(found, differences(found)))
    else:
        console = Console()
        console.print(_list(found, console.width))
    if chosen.plot and found:
        chosen.plot.write_bytes(draw_curves({run.name: run.rows for run in found}))


def _list(runs: Sequence[PastRun], width: int) -> Table:
    origin = ("net", "seed", "code") if width >= WIDE else ()
    table = Table(box=None, header_style="dim", pad_edge=False, collapse_padding=True)
    table.add_column("run", overflow="fold")
    for title in ("started", "state", *origin):
        table.add_column(title, no_wrap=True)
    for title in ("epochs", "best acc F1", "last acc F1", "loss"):
        table.add_column(title, justify="right", no_wrap=True)
    for run in runs:
        table.add_row(
            run.name,
            run.started[0 if width >= WIDE else 5 : 16].replace("T", " "),
            _STATES[run.state],
            *(_shown(run.setting(key)) for key in origin),
            str(len(run.rows)),
            *(_accuracy_and_f1(row) for row in (run.best, run.last)),
            _figure(run.last, "valid_loss"),
        )
    return table


def _accuracy_and_f1(row: Mapping[str, float]) -> str:
    return " ".join(_figure(row, key) for key in ("accuracy", "macro_f1"))


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)


def _comparison(runs: Sequence[PastRun], different: Mapping[str, Sequence[Any]]) -> Table:
    table = Table(box=None, header_style="dim")
    table.add_column("")
    for run in runs:
        table.add_column(run.name, justify="right", overflow="fold")
    for key, values in different.items():
        table.add_row(key, *(_shown(value) for value in values))
    table.add_section()
    table.add_row("state", *(_STATES[run.state] for run in runs))
    table.add_row("epochs", *(str(len(run.rows)) for run in runs))
    for which in ("best", "last"):
        for key in _FIGURES:
            row = (_figure(getattr(run, which), key) for run in runs)
            table.add_row(f"{which} {key}", *row)
    return table


def _figure(row: Mapping[str, float], key: str) -> str:
    if key not in row:
        return ""
    return f"{row[key]:.3f}" if key.endswith("loss") else f"{row[key]:.1%}"


def _plain(run: PastRun) -> dict[str, Any]:
    return {
        "name": run.name,
        "state": run.state,
        "started": run.started,
        "epochs": len(run.rows),
        "best": run.best,
        "last": run.last,
        "final": run.final,
        "settings": run.settings,
    }
