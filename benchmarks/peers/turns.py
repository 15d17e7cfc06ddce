"""Contestants take turns in one page: all do each task, and orders even out who follows whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.outcome import Outcome, read_outcome
from benchmarks.peers.contestants import Contestant
from export.browser import Browser

BLOCK = 10
"""Tasks between two looks at the machine."""


class Turns:
    """All contestants of one kind of task, and what each of them did."""

    def __init__(self, browser: Browser, contestants: Sequence[Contestant]) -> None:
        """Opens them; those that were open before are closed."""
        self._browser = browser
        told: dict[str, Any] = browser.call("open", [one.to_json() for one in contestants])
        self.told: Mapping[str, Any] = told
        """What each says of itself."""
        self.outcomes: dict[str, list[Outcome]] = {one.name: [] for one in contestants}
        self.firsts: Counter[str] = Counter()
        """How often each was the first to do a task."""
        self.repeats = 0
        """How often somebody did two tasks running, warm from the one before."""
        self._last: str | None = None

    def warm(self, tasks: Sequence[Mapping[str, object]]) -> None:
        """What comes first is not kept."""
        if tasks:
            self._last = self._browser.call("run", list(tasks))["order"][-1]

    def run(self, tasks: Sequence[Mapping[str, object]], on_block: Callable[[int], None]) -> None:
        """`on_block` hears, now and then, how many are done."""
        for begin in range(0, len(tasks), BLOCK):
            said = self._browser.call("run", list(tasks[begin : begin + BLOCK]))
            order = said["order"]
            self.firsts.update(order[:: len(self.outcomes)])
            self.repeats += sum(one == other for one, other in pairwise([self._last, *order]))
            self._last = order[-1]
            for ran in said["ran"]:
                self.outcomes[ran["name"]] += map(read_outcome, ran["outcomes"])
            on_block(min(begin + BLOCK, len(tasks)))

    def times_ms(self, name: str) -> tuple[float, ...]:
        return tuple(outcome.ms for outcome in self.outcomes[name])
