"""Who does the work: a pool on this machine, Ray, or whatever else takes tasks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")


class Engine(Protocol):
    """Tasks and results travel between processes, so both can be pickled."""

    def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
        """Do each task once and give what came of it, in any order.

        Few are taken ahead, so that a list of any length needs no memory. A task whose worker was
        lost is given to another.
        """
        ...
