"""How far a measurement is, on stderr."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import Progress


@contextlib.contextmanager
def watched(**totals: float) -> Iterator[Callable[[str, float], None]]:
    """A bar for each part that has anything to do; yields what is told how much of one is done."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        tasks = {
            name: progress.add_task(name.replace("_", " "), total=total)
            for name, total in totals.items()
            if total
        }

        def step(part: str, done: float) -> None:
            if part in tasks:
                progress.update(tasks[part], completed=done)

        yield step
