"""Who comes when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def in_turn(everybody: Sequence[T], turn: int) -> list[T]:
    """The order of a turn, by Williams' design.

    Over twice as many turns as there are contestants everybody comes first equally often, and
    within a turn directly after each other one equally often. From one turn to the next the same
    few pairs meet again and again; three or more contestants never come after themselves.
    """
    count = len(everybody)
    # 0, 1, -1, 2, -2 and so on: no two neighbours are the same distance apart.
    zigzag = [(place + 1) // 2 if place % 2 else -place // 2 for place in range(count)]
    # With an odd number the same order backwards evens out who comes after whom.
    backwards = turn // count % 2 == 1
    shift = -turn if backwards else turn
    places = zigzag[::-1] if backwards else zigzag
    return [everybody[(place + shift) % count] for place in places]
