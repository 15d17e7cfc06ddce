from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Problem, Reading, open_dataset
from train.data.read_labels import read_labels


def test_a_label_that_the_table_lacks_leaves_its_picture_out(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "bored/0.jpg": jpeg()})
    dataset = open_dataset(data, reading=Reading(labels=read_labels("sentiment")))
    assert [record.labels for record in dataset.records] == [{"emotion": "positive"}]
    detail = "emotion 'bored' is not in the table"
    assert dataset.problems == (Problem(name="bored/0.jpg", kind="label unknown", detail=detail),)


def test_a_table_that_fits_no_label_is_refused(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    data = pack(tmp_path / "made", {"with_mask/0.jpg": jpeg(), "without_mask/0.jpg": jpeg()})
    with pytest.raises(InputError, match="made: no picture is left; label unknown: 2"):
        open_dataset(data, reading=Reading(labels=read_labels("fer")))


def test_a_table_for_a_label_that_no_picture_has_is_refused(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "sad/0.jpg": jpeg()})
    table = tmp_path / "table.csv"
    table.write_text("head,from,to\nemotion,happy,good\nemotion,sad,bad\nemotoin,sad,bad\n")
    for choice, head in ((str(table), "emotoin"), ("age-groups", "age")):
        with pytest.raises(InputError, match=f"made: .*'{head}'.*its labels are: emotion"):
            open_dataset(data, reading=Reading(labels=read_labels(choice)))


@pytest.mark.parametrize(
    ("folder", "part"),
    [
        ("train", "train"),
        ("Training", "train"),
        ("val", "valid"),
        ("validation", "valid"),
        ("TEST", "test"),
    ],
)
def test_parts_have_one_name_however_a_dataset_spells_them(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, folder: str, part: str
) -> None:
    names = [f"{folder}/happy/0.jpg", f"{folder}/sad/0.jpg"]
    data = pack(tmp_path / "made.zip", dict.fromkeys(names, jpeg()))
    assert {record.split for record in open_dataset(data).records} == {part}
    assert len(open_dataset(data, folder).records) == 2


def test_a_dataset_without_parts_gives_all_whichever_is_asked_for(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "sad/0.jpg": jpeg()})
    assert len(open_dataset(data, "test").records) == len(open_dataset(data).records) == 2


def test_a_part_that_no_dataset_has_is_refused_even_where_there_are_none(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "sad/0.jpg": jpeg()})
    with pytest.raises(InputError, match="'trian' is no part of a dataset: train, valid, test"):
        open_dataset(data, "trian")


def test_a_file_of_another_kind_is_refused_with_those_that_are_read(
    tmp_path: Path, jpeg: MakeJpeg
) -> None:
    (tmp_path / "1.jpg").write_bytes(jpeg())
    with pytest.raises(InputError, match=r"1\.jpg: .*give a folder, a zip or a \.csv"):
        open_dataset(tmp_path / "1.jpg")


def test_a_dataset_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gone: no such file or folder"):
        open_dataset(tmp_path / "gone")


def test_the_user_may_name_what_folders_are_labels_of(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"with_mask/0.jpg": jpeg(), "without_mask/0.jpg": jpeg()})
    records = open_dataset(data, reading=Reading(head="mask")).records
    assert [record.labels for record in records] == [
        {"mask": "with_mask"},
        {"mask": "without_mask"},
    ]


def test_a_zip_in_a_folder_is_named_when_there_is_nothing_else(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    pack(tmp_path / "made.zip", {"happy/0.jpg": jpeg()})
    with pytest.raises(InputError, match=r"name the zip that it holds: made\.zip"):
        open_dataset(tmp_path)
