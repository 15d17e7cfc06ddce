"""Contestants take turns in one page: all do each task, each time in another order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

from benchmarks.outcome import Outcome, read_outcome
from benchmarks.peers.contestants import Contestant
from benchmarks.peers.in_turn import in_turn
from export.browser import Browser

BLOCK = 11
"""Tasks between two looks at the machine, after which the page is a little colder: it has no factor
in common with a number of contestants, or always the same ones would begin then."""


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
        self._turn = 0
        self._last: str | None = None

    def warm(self, tasks: Sequence[Mapping[str, object]]) -> None:
        """What comes first is not kept."""
        orders = self._orders(len(tasks))
        self._ask(tasks, orders)
        self._last = orders[-1][-1] if orders else None

    def run(self, tasks: Sequence[Mapping[str, object]], on_block: Callable[[int], None]) -> None:
        """`on_block` hears, now and then, how many are done."""
        for begin in range(0, len(tasks), BLOCK):
            block = tasks[begin : begin + BLOCK]
            orders = self._orders(len(block))
            for name, outcomes in self._ask(block, orders).items():
                self.outcomes[name] += map(read_outcome, outcomes)
            self._count(orders)
            on_block(begin + len(block))

    def _orders(self, count: int) -> list[list[str]]:
        """Of so many further turns."""
        begin, self._turn = self._turn, self._turn + count
        return [in_turn(list(self.outcomes), turn) for turn in range(begin, self._turn)]

    def _ask(
        self, tasks: Sequence[Mapping[str, object]], orders: Sequence[Sequence[str]]
    ) -> Mapping[str, Any]:
        """By name what each did, task by task."""
        given = [{**task, "order": order} for task, order in zip(tasks, orders, strict=True)]
        ran: Mapping[str, Any] = self._browser.call("run", given)
        return ran

    def _count(self, orders: Sequence[Sequence[str]]) -> None:
        self.firsts.update(order[0] for order in orders)
        order = [self._last, *chain.from_iterable(orders)]
        self.repeats += sum(one == other for one, other in pairwise(order))
        self._last = order[-1]

    def times_ms(self, name: str) -> tuple[float, ...]:
        return tuple(outcome.ms for outcome in self.outcomes[name])
