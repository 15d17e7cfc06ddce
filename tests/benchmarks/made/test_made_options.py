import pytest

from benchmarks.made.made_options import MadeOptions
from face_detect.command import InputError


def test_too_few_pictures_for_everything_that_may_be_wrong_are_refused() -> None:
    with pytest.raises(InputError, match="27 pictures are too few: 28 is the least"):
        MadeOptions(pictures=27)


def test_too_few_distinct_ones_for_both_parts_are_refused() -> None:
    with pytest.raises(InputError, match="13 distinct pictures are too few: 14"):
        MadeOptions(pictures=28, distinct=13)


def test_more_portions_than_people_are_refused() -> None:
    with pytest.raises(InputError, match=r"3 portions are too many.* 28 pictures show 2 people"):
        MadeOptions(pictures=28, portions=3)


def test_a_portion_beyond_the_last_is_refused() -> None:
    with pytest.raises(InputError, match="no portion 4 of 3"):
        MadeOptions(pictures=280, portion=4, portions=3)
