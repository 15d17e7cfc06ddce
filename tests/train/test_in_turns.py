from __future__ import annotations

import time

import pytest

from train.in_turns import Compared, Turns, in_turns


def test_who_begins_changes_from_pair_to_pair() -> None:
    ran: list[str] = []
    steps: list[tuple[int, int]] = []
    in_turns(
        lambda: ran.append("a"),
        lambda: ran.append("b"),
        pairs=3,
        on_step=lambda done, total: steps.append((done, total)),
    )
    assert "".join(ran) in ("abbaab", "baabba")
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_the_slower_first_way_has_a_ratio_below_one() -> None:
    turns = in_turns(lambda: time.sleep(0.1), lambda: None, pairs=2)
    assert min(turns.first_s) >= 0.1
    assert max(turns.ratios) < 0.5


def test_a_ratio_is_that_of_speeds() -> None:
    assert Turns(first_s=(4.0, 1.0), second_s=(1.0, 2.0)).ratios == (0.25, 2.0)


def test_the_ratio_that_is_told_is_the_middle_one() -> None:
    found = Compared(ratios=(0.5, 2.0, 0.75))
    assert found.words() == "0.750 of it (pairs: 0.500 to 2.000)"
    assert found.figures() == {"ratios": (0.5, 2.0, 0.75), "ratio": pytest.approx(0.75)}
