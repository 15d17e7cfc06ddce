"""Where an export is: a bar on a terminal, one line a step elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from export.stages import DESCRIPTIONS, Watch


@contextlib.contextmanager
def progress(steps: int) -> Iterator[Watch]:
    """Yield what an export tells its steps to; everything goes to stderr."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _line
        return
    columns = (
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=steps)
        started = False

        def show(name: str, model: str) -> None:
            nonlocal started
            bar.update(task, advance=1 if started else 0, description=_words(name, model))
            started = True

        yield show


def _line(name: str, model: str) -> None:
    sys.stderr.write(f"{name}: {_words(name, model)}\n")
    sys.stderr.flush()


def _words(name: str, model: str) -> str:
    return f"{model + ': ' if model else ''}{DESCRIPTIONS[name]}"
