from __future__ import annotations

import pytest

from train.data.labels import AIHUB, FER, NAMED, AgeGroups, Combined, LabelError, LabelTable


def test_both_sevens_become_fers_by_the_same_table() -> None:
    table = NAMED["fer"]
    assert [table({"emotion": name})["emotion"] for name in FER] == list(FER)
    assert {table({"emotion": name})["emotion"] for name in AIHUB} == set(FER) - {"disgust"}


def test_both_sevens_become_positive_neutral_or_negative() -> None:
    table = NAMED["sentiment"]
    found = {table({"emotion": name})["emotion"] for name in (*FER, *AIHUB)}
    assert found == {"positive", "neutral", "negative"}
    assert table({"emotion": "기쁨"}) == table({"emotion": "happy"}) == {"emotion": "positive"}


def test_named_tables_know_labels_in_upper_case() -> None:
    assert NAMED["fer"]({"emotion": "Happy"}) == NAMED["fer"]({"emotion": "JOY"})
    assert NAMED["sentiment"]({"emotion": "Sad"}) == {"emotion": "negative"}


def test_other_heads_stay_as_they_are() -> None:
    assert NAMED["fer"]({"emotion": "상처", "age": "30"}) == {"emotion": "sad", "age": "30"}
    assert NAMED["fer"]({"age": "30"}) == {"age": "30"}


def test_a_label_that_is_in_no_table_is_an_error() -> None:
    with pytest.raises(LabelError, match="emotion 'bored' is not in the table"):
        LabelTable(names=FER)({"emotion": "bored"})


@pytest.mark.parametrize(
    ("years", "group"),
    [("0", "<30"), ("29", "<30"), ("30", "30-59"), ("59", "30-59"), ("60", ">=60")],
)
def test_ages_fall_into_groups(years: str, group: str) -> None:
    assert AgeGroups()({"age": years})["age group"] == group


def test_a_group_or_a_class_that_is_known_stays() -> None:
    known = {"age": "70", "age group": "<30", "class": "worn, male, <30"}
    assert NAMED["mask-18"](known) == known


def test_an_age_that_is_no_number_is_an_error() -> None:
    with pytest.raises(LabelError, match="age '20-29' is not a number of years"):
        AgeGroups()({"age": "20-29"})


def test_mask_gender_and_age_make_eighteen_classes() -> None:
    found = {
        NAMED["mask-18"]({"mask": mask, "gender": gender, "age": age})["class"]
        for mask in ("worn", "wrong", "none")
        for gender in ("male", "female")
        for age in ("18", "29", "45", "60")
    }
    assert len(found) == 18
    assert "wrong, female, >=60" in found


def test_a_class_of_several_heads_needs_all_of_them() -> None:
    with pytest.raises(LabelError, match="no gender to make class of"):
        Combined(parts=("mask", "gender"))({"mask": "worn"})
