from collections import Counter
from itertools import chain, pairwise

import pytest

from benchmarks.peers.in_turn import in_turn
from benchmarks.peers.turns import BLOCK

COUNTS = range(2, 11)


def orders(count: int) -> list[list[int]]:
    return [in_turn(range(count), turn) for turn in range(2 * count)]


@pytest.mark.parametrize("count", COUNTS)
def test_everybody_takes_part_and_is_first_equally_often(count: int) -> None:
    assert all(sorted(order) == list(range(count)) for order in orders(count))
    assert set(Counter(order[0] for order in orders(count)).values()) == {2}


@pytest.mark.parametrize("count", COUNTS)
def test_within_a_turn_everybody_follows_each_other_one_equally_often(count: int) -> None:
    followed = Counter(chain.from_iterable(map(pairwise, orders(count))))
    assert len(followed) == count * (count - 1)
    assert set(followed.values()) == {2}


@pytest.mark.parametrize("count", COUNTS[1:])
def test_three_or_more_never_follow_themselves(count: int) -> None:
    assert all(one != other for one, other in pairwise(chain.from_iterable(orders(count))))


@pytest.mark.parametrize("count", COUNTS)
def test_after_a_look_at_the_machine_somebody_else_begins_each_time(count: int) -> None:
    begun = [in_turn(range(count), block * BLOCK)[0] for block in range(2 * count)]
    assert set(Counter(begun).values()) == {2}
