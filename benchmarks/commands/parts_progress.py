"""How far a run of all is: a bar with the time left, or a line for each part."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from benchmarks.all import OnStep, Part


class PartsProgress:
    """On stderr. What parts count are different things, so all is told in expected seconds."""

    def __init__(self, expected_s: float, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._progress = Progress(
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
            speed_estimate_period=600,
        )
        self._task = self._progress.add_task("", total=expected_s)
        self._finished_s = self._going_s = 0.0

    def __enter__(self) -> PartsProgress:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def say(self, line: str) -> None:
        """What is done just now."""
        self._progress.update(self._task, description=line)
        if not self._console.is_terminal:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def finish(self, expected_s: float) -> None:
        """Something is over that was expected to take so long."""
        self._finished_s += expected_s
        self._going_s = 0.0
        self._progress.update(self._task, completed=self._finished_s)

    def begin(self, part: Part) -> OnStep:
        """The part before is over; how far is this one?"""
        self.finish(self._going_s)
        self._going_s = part.expected_s
        self.say(part.name)
        shares: dict[str, float] = {}

        def step(what: str, done: float) -> None:
            if of := part.steps.get(what):
                shares[what] = min(1.0, done / of)
            share = sum(shares.values()) / len(part.steps)
            completed = self._finished_s + part.expected_s * share
            words = f"{part.name}: {what}"
            self._progress.update(self._task, completed=completed, description=words)

        return step
