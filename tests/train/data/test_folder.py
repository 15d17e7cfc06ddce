from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from face_detect.command import InputError
from tests.train.data.conftest import MakeJpeg, Pack
from train.data import open_dataset


def _labels(data: Path) -> dict[str, tuple[str | None, str | None]]:
    """Each picture's label and part."""
    records = open_dataset(data).records
    return {record.name: (record.labels.get("emotion"), record.split) for record in records}


def test_a_zip_is_read_without_unpacking(dataset: Path) -> None:
    records = open_dataset(dataset, "test").records
    assert len(records) == 10
    assert {record.labels["emotion"] for record in records} == {"happy", "sad"}
    assert records[0].picture().shape == (48, 48, 3)


def test_a_folder_gives_what_its_zip_gives(dataset: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(dataset) as archive:
        archive.extractall(tmp_path / "unpacked")
    packed = open_dataset(dataset, "train").records
    unpacked = open_dataset(tmp_path / "unpacked", "train").records
    assert [record.name for record in packed] == [record.name for record in unpacked]
    assert (packed[0].picture() == unpacked[0].picture()).all()


def test_a_split_that_is_not_there_is_named_with_those_that_are(dataset: Path) -> None:
    with pytest.raises(InputError, match=r"no split 'val', only \['test', 'train'\]"):
        open_dataset(dataset, "val")


def test_a_picture_that_cannot_be_decoded_is_named(tmp_path: Path) -> None:
    (tmp_path / "happy").mkdir()
    (tmp_path / "happy" / "broken.jpg").write_bytes(b"not a picture")
    (record,) = open_dataset(tmp_path).records
    with pytest.raises(InputError, match=r"happy/broken\.jpg: is not a picture"):
        record.picture()


def test_folders_of_splits_may_lie_below_those_of_labels(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    names = ("worn/test/1.jpg", "none/train/2.jpg")
    assert _labels(pack(tmp_path / "made", dict.fromkeys(names, jpeg()))) == {
        "worn/test/1.jpg": ("worn", "test"),
        "none/train/2.jpg": ("none", "train"),
    }


def test_pictures_straight_in_a_split_have_no_label_where_others_have_a_folder(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    names = ("made/train/worn/1.jpg", "made/train/none/2.jpg", "made/test/3.jpg")
    dataset = open_dataset(pack(tmp_path / "made", dict.fromkeys(names, jpeg())))
    assert {record.labels["emotion"] for record in dataset.records} == {"worn", "none"}
    assert [(problem.name, problem.kind) for problem in dataset.problems] == [
        ("made/test/3.jpg", "no label")
    ]


def test_folders_of_people_below_those_of_known_labels_are_no_labels(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    names = ("Happy/joy/1.jpg", "Happy/ben/2.jpg", "bored/ben/3.jpg")
    assert _labels(pack(tmp_path / "made", dict.fromkeys(names, jpeg()))) == {
        "Happy/joy/1.jpg": ("Happy", None),
        "Happy/ben/2.jpg": ("Happy", None),
        "bored/ben/3.jpg": ("bored", None),
    }


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no pictures"):
        open_dataset(tmp_path)


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data.zip").write_bytes(b"PK, or not")
    with pytest.raises(InputError, match=r"data\.zip: is not a zip file"):
        open_dataset(tmp_path / "data.zip")


def test_a_damaged_member_of_a_zip_is_named(dataset: Path) -> None:
    data = bytearray(dataset.read_bytes())
    at = data.find(b"PNG")
    data[at + 200] ^= 255
    dataset.write_bytes(data)
    with pytest.raises(InputError, match=r"train/.*\.png: cannot be unpacked"):
        [record.picture() for record in open_dataset(dataset, "train").records]
