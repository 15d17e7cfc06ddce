from __future__ import annotations

from pathlib import Path

import pytest

from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Problem, open_dataset

STEMS = ("incorrect_mask", "mask1", "mask2", "mask3", "mask4", "mask5", "normal")


def _files(jpeg: MakeJpeg) -> dict[str, bytes]:
    people = ("000001_female_Asian_45", "000002_male_Asian_60")
    return {f"images/{person}/{stem}.jpg": jpeg() for person in people for stem in STEMS}


@pytest.mark.parametrize("place", ["made", "made.zip"])
def test_folders_and_files_name_mask_gender_age_race_and_subject(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, place: str
) -> None:
    dataset = open_dataset(pack(tmp_path / place, _files(jpeg)))
    assert (dataset.format, dataset.problems) == ("mask-race", ())
    masks = [record.labels["mask"] for record in dataset.records[:7]]
    assert masks == ["wrong", "worn", "worn", "worn", "worn", "worn", "none"]
    attributes = {"gender": "male", "age": "60", "race": "Asian", "mask": "none"}
    assert dataset.records[-1].labels == attributes
    assert [record.subject for record in dataset.records] == ["000001"] * 7 + ["000002"] * 7


def test_names_in_upper_case_say_the_same(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    (record,) = open_dataset(pack(tmp_path / "made", {"1_MALE_Asian_20/Mask1.JPG": jpeg()})).records
    assert record.labels == {"mask": "worn", "gender": "male", "age": "20", "race": "Asian"}


def test_names_that_say_something_else_are_reported(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    odd = {
        "images/000003_female_Asian/mask1.jpg": jpeg(),
        "images/000002_male_Asian_60/hat.jpg": jpeg(),
    }
    dataset = open_dataset(pack(tmp_path / "made", {**_files(jpeg), **odd}))
    assert len(dataset.records) == 14
    assert dataset.problem_counts() == {"label unknown": 1, "no label": 1}
    assert (
        Problem(
            name="images/000003_female_Asian/mask1.jpg",
            kind="no label",
            detail="its folder is not named id_gender_race_age",
        )
        in dataset.problems
    )
