from __future__ import annotations

import pytest

from train.gaps import gaps
from train.slices import FACE_SIZE, Slice


def made(attribute: str, value: str, pictures: int, accuracy: float) -> Slice:
    return Slice(
        attribute=attribute, value=value, pictures=pictures, accuracy=accuracy,
        low=0.0, high=1.0, macro_f1=accuracy,
    )  # fmt: skip


def test_the_lowest_and_the_highest_group_are_told_apart_where_chance_is_unlikely() -> None:
    parts = [made("gender", "female", 1000, 0.6), made("gender", "male", 1000, 0.7)]
    (gap,) = gaps(parts)
    assert (gap.lowest, gap.highest, gap.beyond_chance) == ("female", "male", True)
    assert "10.0 points apart, more than chance" in gap.sentence()


def test_groups_that_may_be_apart_by_chance_are_said_to_be() -> None:
    (gap,) = gaps([made("gender", "female", 100, 0.6), made("gender", "male", 100, 0.65)])
    assert not gap.beyond_chance
    assert gap.p == pytest.approx(0.465, abs=0.005)


def test_of_many_groups_two_are_easily_apart() -> None:
    two = [made("age", "a", 200, 0.6), made("age", "b", 200, 0.7)]
    many = [*two, *(made("age", f"{i}", 200, 0.65) for i in range(5))]
    assert gaps(many)[0].p == pytest.approx(21 * gaps(two)[0].p)


def test_small_groups_and_sizes_of_faces_are_in_no_comparison() -> None:
    small = [made("race", "a", 19, 0.1), made("race", "b", 500, 0.9)]
    sizes = [made(FACE_SIZE, "a", 500, 0.1), made(FACE_SIZE, "b", 500, 0.9)]
    assert gaps([*small, *sizes]) == ()


def test_a_small_group_at_the_end_does_not_hide_what_large_ones_show() -> None:
    large = [made("race", "B", 5000, 0.6), made("race", "C", 5000, 0.7)]
    parts = [made("race", "A", 20, 0.55), *large]
    (gap,) = gaps(parts)
    assert (gap.lowest, gap.highest, gap.surest) == ("A", "C", ("B", "C"))
    assert gap.beyond_chance
    assert "(A) to 70.0% (C), 15.0 points apart, more than chance (B against C, p" in gap.sentence()


def test_where_hardly_any_is_wrong_chance_is_counted_out() -> None:
    (gap,) = gaps([made("gender", "female", 20, 0.9), made("gender", "male", 40, 1.0)])
    assert gap.p == pytest.approx(190 / 1770)  # both wrong ones among the 20, of all pairs of 60


def test_groups_that_are_all_right_are_not_apart() -> None:
    (gap,) = gaps([made("gender", "female", 30, 1.0), made("gender", "male", 40, 1.0)])
    assert (gap.p, gap.beyond_chance) == (1.0, False)
