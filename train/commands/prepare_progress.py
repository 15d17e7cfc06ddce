"""How preparing goes on: pictures, their rate, the time left and what was left out."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from train.prepare.prepare import Step

_LINE_S = 60.0
"""Without a terminal, a line so often."""


@contextlib.contextmanager
def prepare_progress() -> Iterator[Callable[[Step], None]]:
    """A bar on a terminal, a line a minute elsewhere."""
    console = Console(stderr=True, highlight=False, markup=False)
    columns = (
        TextColumn("pictures"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns,
        console=console,
        transient=True,
        disable=not console.is_terminal,
        # Results come in portions, some seconds apart.
        speed_estimate_period=600,
    ) as bar:
        task = bar.add_task("", total=None)
        said = _Said()

        def on_step(step: Step) -> None:
            words = said.words(step)
            bar.update(task, total=step.total, completed=step.done, description=words)
            if not console.is_terminal and said.is_time():
                console.print(f"{step.done} of {step.total} pictures, {words}", soft_wrap=True)

        try:
            yield on_step
        except KeyboardInterrupt:
            console.print("what is done stays: the same command goes on from it")
            raise


class _Said:
    """The rate since this run began; what an earlier one did is no merit of this one."""

    def __init__(self) -> None:
        self._began_s: float | None = None
        self._first = 0
        self._last_line_s = time.monotonic()

    def words(self, step: Step) -> str:
        if self._began_s is None:
            self._began_s, self._first = time.monotonic(), step.done
        took_s = time.monotonic() - self._began_s
        rate = (step.done - self._first) / took_s if took_s else 0.0
        return f"{rate:.1f}/s, {step.left_out} left out"

    def is_time(self) -> bool:
        if time.monotonic() - self._last_line_s < _LINE_S:
            return False
        self._last_line_s = time.monotonic()
        return True
