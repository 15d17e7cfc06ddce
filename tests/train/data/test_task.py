from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Reading, open_dataset
from train.data.read_task import parse_task
from train.data.task import Task

ROWS = """head,label,from,is
emotion,happy,emotion,joy
emotion,sad,emotion,sadness
emotion,-,emotion,contempt
gender,female,gender,female
gender,male,gender,male
age group,<30,age,0..29 | 0-2 | 20-29
age group,>=30,age,30.. | more than 70
mask,worn,mask,with_mask
mask,none,mask,without_mask
"""


@pytest.fixture
def task() -> Task:
    return parse_task(ROWS.encode(), "made.csv")


@pytest.mark.parametrize(
    ("age", "group"),
    [("0", "<30"), ("29", "<30"), ("30", ">=30"), ("20-29", "<30"), ("More than 70", ">=30")],
)
def test_years_and_groups_of_them_become_age_groups(task: Task, age: str, group: str) -> None:
    assert task({"age": age})["age group"] == group


def test_a_heads_own_labels_stand_for_themselves_in_any_case(task: Task) -> None:
    assert task({"emotion": "Happy"}) == task({"emotion": "joy"}) == {"emotion": "happy"}


def test_what_a_picture_does_not_know_stays_unknown_and_the_rest_stays(task: Task) -> None:
    assert task({"gender": "male", "race": "White"}) == {"gender": "male", "race": "White"}


def test_a_label_that_is_not_used_makes_its_head_unknown(task: Task) -> None:
    assert task({"emotion": "contempt", "gender": "male"}) == {"gender": "male"}


def test_a_label_that_no_row_covers_is_refused_with_the_heads_line(task: Task) -> None:
    with pytest.raises(InputError, match=r"made.csv, line 7: no row of 'age group' .* age '3-9'"):
        task({"age": "3-9"})
    with pytest.raises(InputError, match=r"made.csv, line 9: .* mask 'off'"):
        task({"mask": "off"})


def test_a_folders_labels_find_out_what_they_are_labels_of(
    task: Task, tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    files = {"with_mask/a.jpg": jpeg(1), "without_mask/b.jpg": jpeg(2)}
    data = pack(tmp_path / "made.zip", files)
    found = open_dataset(data, reading=Reading(labels=task))
    assert [record.labels for record in found.records] == [{"mask": "worn"}, {"mask": "none"}]


def test_a_folders_labels_that_are_of_no_head_stay_as_they_are(
    task: Task, tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made.zip", {"cats/a.jpg": jpeg(1), "dogs/b.jpg": jpeg(2)})
    found = open_dataset(data, reading=Reading(labels=task.only(["mask"])))
    assert [record.labels for record in found.records] == [{"emotion": "cats"}, {"emotion": "dogs"}]
    with pytest.raises(InputError, match=r"line 2: no row of 'emotion' .* 'cats' \(cats/a.jpg of"):
        open_dataset(data, reading=Reading(labels=task))


def test_a_folders_labels_that_may_be_of_two_heads_are_refused(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    rows = "a,no,a,no\na,yes,a,yes\nb,no,b,no\nb,yes,b,yes\n"
    task = parse_task(f"head,label,from,is\n{rows}".encode(), "made.csv")
    data = pack(tmp_path / "made.zip", {"no/a.jpg": jpeg(1), "yes/b.jpg": jpeg(2)})
    with pytest.raises(InputError, match=r"made.zip: .* are of a as well as of b"):
        open_dataset(data, reading=Reading(labels=task))


def test_a_gap_that_a_picture_shows_is_refused_with_its_name(
    task: Task, tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    files = {"with_mask/a.jpg": jpeg(1), "without_mask/b.jpg": jpeg(2), "odd/c.jpg": jpeg(3)}
    with pytest.raises(InputError, match=r"line 9: no row .* mask 'odd' \(odd/c.jpg of made.zip"):
        open_dataset(pack(tmp_path / "made.zip", files), reading=Reading(labels=task))


@pytest.mark.parametrize("wanted", ["drop", "with_mask", "worn"])
def test_a_correction_heals_a_picture_whose_label_no_row_covers(
    task: Task, tmp_path: Path, jpeg: MakeJpeg, pack: Pack, wanted: str
) -> None:
    files = {"with_mask/a.jpg": jpeg(1), "without_mask/b.jpg": jpeg(2), "odd/c.jpg": jpeg(3)}
    data = pack(tmp_path / "made.zip", files)
    (tmp_path / "made.corrections.csv").write_text(f"name,mask\nodd/c.jpg,{wanted}\n")
    found = open_dataset(data, reading=Reading(labels=task))
    healed = {} if wanted == "drop" else {"odd/c.jpg": "worn"}
    labels = {record.name: record.labels["mask"] for record in found.records}
    assert labels == {"with_mask/a.jpg": "worn", "without_mask/b.jpg": "none"} | healed
