from __future__ import annotations

from typing import Any, cast

from benchmarks.peers.contestants import Contestant
from benchmarks.peers.turns import BLOCK, Turns
from export.browser import Browser


class FakeBrowser:
    """Two contestants; each outcome's time is the number of its task."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def call(self, function: str, given: Any) -> Any:
        if function == "open":
            self.opened = [entry["name"] for entry in given]
            return {name: {"version": "1"} for name in self.opened}
        assert all(sorted(task["order"]) == self.opened for task in given)
        outcomes = [{"ms": task["input"], "box": None} for task in given]
        return dict.fromkeys(self.opened, outcomes)


def turns(tasks: int, on_block: Any = lambda done: None) -> Turns:
    contestants = [Contestant(name=n, page=f"{n}.html", options={}) for n in ("ours", "theirs")]
    made = Turns(cast(Browser, FakeBrowser()), contestants)
    made.warm([{"input": 99}])
    made.run([{"input": number} for number in range(tasks)], on_block)
    return made


def test_each_does_every_task_once_and_warming_up_does_not_count() -> None:
    made = turns(BLOCK + 2)
    assert made.times_ms("ours") == made.times_ms("theirs") == tuple(range(BLOCK + 2))


def test_who_was_first_is_counted() -> None:
    assert turns(BLOCK * 4).firsts == {"ours": BLOCK * 2, "theirs": BLOCK * 2}


def test_who_does_two_tasks_running_is_counted() -> None:
    """Of two, every other turn begins with who ended the one before, which may be a warm-up."""
    assert turns(3).repeats == 2


def test_progress_is_told_by_the_block() -> None:
    heard: list[int] = []
    turns(BLOCK + 2, heard.append)
    assert heard == [BLOCK, BLOCK + 2]
