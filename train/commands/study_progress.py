"""How a study goes on, on a terminal: which run of how many, its epochs, and the time left."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from train.study.run_study import StudyWatch


@contextlib.contextmanager
def study_progress() -> Iterator[StudyWatch]:
    """Lines for what begins, and a bar for the run that goes on."""
    from train.study.run_study import StudyWatch

    console = Console(stderr=True, highlight=False, markup=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("working", total=None)

        def on_run(number: int, count: int, name: str, left_s: float) -> None:
            left = f", about {_duration(left_s)} left"
            console.print(f"run {number} of {count}: {name}{left}")
            bar.update(task, description=f"run {number} of {count}{left}")

        try:
            yield StudyWatch(
                say=console.print,
                on_step=lambda done, total: bar.update(task, completed=done, total=total),
                on_run=on_run,
            )
        except KeyboardInterrupt:
            console.print("no finished run is lost: the same command goes on from here")
            raise


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 2:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
