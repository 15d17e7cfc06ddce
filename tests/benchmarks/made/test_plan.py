from collections import Counter

import pytest

from benchmarks.made.plan import EMOTIONS, LEAST, WRONG, plan, portion_of


def test_a_picture_is_the_same_in_whatever_portion_it_is() -> None:
    whole = list(plan(300, 1, 0.1, range(300)))
    assert list(plan(300, 1, 0.1, range(140, 160))) == whole[140:160]


@pytest.mark.parametrize(("pictures", "portions"), [(28, 2), (300, 7), (20_000, 10)])
def test_portions_follow_each_other_without_a_gap(pictures: int, portions: int) -> None:
    ranges = [portion_of(pictures, i + 1, portions) for i in range(portions)]
    assert [index for each in ranges for index in each] == list(range(pictures))
    assert all(ranges)


def test_the_smallest_set_has_both_parts_and_everything_that_may_be_wrong() -> None:
    planned = list(plan(LEAST, 0, 0.0, range(LEAST)))
    assert {each.valid for each in planned} == {False, True}
    assert Counter(each.wrong for each in planned if each.wrong) == dict.fromkeys(WRONG, 1)


def test_each_kind_of_wrong_has_an_equal_share() -> None:
    counts = Counter(each.wrong for each in plan(7_000, 0, 0.1, range(7_000)))
    assert [counts[kind] for kind in WRONG] == [100] * len(WRONG)


def test_ranks_count_the_people_of_a_part() -> None:
    planned = list(plan(14 * 40, 0, 0.0, range(14 * 40)))
    for valid in (False, True):
        ranks = [each.rank for each in planned if each.valid == valid and each.take == 0]
        assert ranks == list(range(len(ranks)))


def test_a_person_shows_each_emotion_twice_under_names_of_its_own() -> None:
    person = list(plan(280, 0, 0.0, range(14)))
    assert Counter(each.emotion for each in person) == dict.fromkeys(range(len(EMOTIONS)), 2)
    assert len({each.name for each in person}) == 14
    assert len({each.name.split("_")[0] for each in person}) == 1
