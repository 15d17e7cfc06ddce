"""Two ways timed in turns, so that whatever else the machine does meets both alike."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One way beside another, pair by pair of blocks that ran one after the other."""

    ratios: tuple[float, ...]
    """How fast the first way was, by the second."""

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    def words(self) -> str:
        """What the first way's speed is of the second's."""
        low, high = min(self.ratios), max(self.ratios)
        return f"{self.ratio:.3f} of it (pairs: {low:.3f} to {high:.3f})"

    def figures(self) -> dict[str, Any]:
        """All of it for a file."""
        return dataclasses.asdict(self) | {"ratio": self.ratio}


@dataclass(frozen=True, kw_only=True)
class Turns:
    """What each block took."""

    first_s: tuple[float, ...]
    second_s: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """How fast the first way was by the second, of each pair."""
        return tuple(other / own for own, other in zip(self.first_s, self.second_s, strict=True))


def in_turns(
    first: Callable[[], object],
    second: Callable[[], object],
    *,
    pairs: int,
    on_step: Callable[[int, int], None] = lambda done, total: None,
) -> Turns:
    """Run a block of each, pair after pair; who begins changes from pair to pair."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for i in range(pairs):
        for which in (0, 1) if i % 2 else (1, 0):
            seconds[which].append(_seconds((first, second)[which]))
        on_step(i + 1, pairs)
    return Turns(first_s=tuple(seconds[0]), second_s=tuple(seconds[1]))


def _seconds(block: Callable[[], object]) -> float:
    started = time.perf_counter()
    block()
    return time.perf_counter() - started
