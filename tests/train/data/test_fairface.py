from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from face_detect.command import InputError
from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Problem, open_dataset

TABLE = b"""file,age,gender,race,service_test
val/1.jpg,3-9,Male,East Asian,FALSE
val/2.jpg,more than 70,Female,Latino_Hispanic,TRUE
"""


def _files(jpeg: MakeJpeg) -> dict[str, bytes]:
    return {"fairface_label_val.csv": TABLE, "val/1.jpg": jpeg(1), "val/2.jpg": jpeg(2)}


@pytest.mark.parametrize("place", ["made", "made.zip"])
def test_the_table_gives_age_gender_and_race(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, place: str
) -> None:
    dataset = open_dataset(pack(tmp_path / place, _files(jpeg)))
    assert (dataset.format, dataset.framing, dataset.problems) == ("fairface", None, ())
    assert dataset.records[0].labels == {"age": "3-9", "gender": "male", "race": "East Asian"}
    assert dataset.records[1].read() == jpeg(2)
    assert {record.split for record in dataset.records} == {"valid"}


@pytest.mark.parametrize("place", ["made", "made.zip"])
def test_the_table_may_lie_beside_the_pictures(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, place: str
) -> None:
    files = _files(jpeg)
    (tmp_path / "fairface_label_val.csv").write_bytes(files.pop("fairface_label_val.csv"))
    data = pack(tmp_path / place, {f"margin025/{name}": content for name, content in files.items()})
    assert len(open_dataset(data).records) == 2


@pytest.mark.parametrize("place", ["val", "val.zip"])
def test_one_folder_of_the_pictures_is_known_by_the_table_beside_it(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, place: str
) -> None:
    (tmp_path / "fairface_label_val.csv").write_bytes(TABLE)
    dataset = open_dataset(pack(tmp_path / place, {"1.jpg": jpeg(1), "2.jpg": jpeg(2)}))
    assert [record.labels["age"] for record in dataset.records] == ["3-9", "more than 70"]
    assert {record.split for record in dataset.records} == {"valid"}


def test_both_margins_at_once_are_refused(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    margins = {f"{margin}/val/1.jpg": jpeg() for margin in ("margin025", "margin125")}
    data = pack(tmp_path / "made", {"fairface_label_val.csv": TABLE, **margins})
    both = r"margin025/val/1\.jpg and margin125/val/1\.jpg"
    with pytest.raises(InputError, match=f"made: holds each picture twice, such as {both}"):
        open_dataset(data)


def test_another_datasets_table_beside_a_zip_is_not_its_own(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    (tmp_path / "fairface_label_val.csv").write_bytes(TABLE)
    data = pack(tmp_path / "made.zip", {"happy/1.jpg": jpeg(), "sad/1.jpg": jpeg()})
    assert open_dataset(data).format == "folder"


def test_missing_unknown_and_unlabelled_pictures_are_reported(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    more = TABLE + b"val/3.jpg,3-9,Male,Black,FALSE\nval/4.jpg,young,Male,Black,FALSE\n"
    more += b"val/1.jpg,3-9,Male,Black,FALSE\n"
    files = {
        **_files(jpeg),
        "fairface_label_val.csv": more,
        "val/4.jpg": jpeg(),
        "val/5.jpg": jpeg(),
    }
    dataset = open_dataset(pack(tmp_path / "made.zip", files))
    assert [record.name for record in dataset.records] == ["val/1.jpg", "val/2.jpg"]
    table = "fairface_label_val.csv, line"
    assert dataset.problems == (
        Problem(name=f"{table} 4", kind="picture missing", detail="val/3.jpg"),
        Problem(name=f"{table} 5", kind="label unknown", detail="val/4.jpg"),
        Problem(name=f"{table} 6", kind="named twice in the table", detail="val/1.jpg"),
        Problem(name="val/5.jpg", kind="no label", detail="is in no table"),
    )


def test_a_table_without_its_columns_is_refused(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    files = {**_files(jpeg), "fairface_label_val.csv": b"file,age\nval/1.jpg,3-9\n"}
    with pytest.raises(InputError, match="needs the columns age, file, gender, race"):
        open_dataset(pack(tmp_path / "made", files))


def test_pictures_without_any_table_have_no_labels(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    files = _files(jpeg)
    del files["fairface_label_val.csv"]
    assert open_dataset(pack(tmp_path / "made", files)).format == "unlabelled"
    shutil.rmtree(tmp_path / "made" / "val")
    with pytest.raises(InputError, match="holds no pictures"):
        open_dataset(tmp_path / "made")
