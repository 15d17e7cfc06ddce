from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Dataset, Problem, Reading, open_dataset
from train.data.read_labels import read_labels

NAMES = ("happy/0.jpg", "happy/1.jpg", "sad/0.jpg")


@pytest.fixture
def folder(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> Path:
    return pack(tmp_path / "made", dict.fromkeys(NAMES, jpeg()))


def _labels(dataset: Dataset) -> dict[str, str]:
    return {record.name: record.labels["emotion"] for record in dataset.records}


def test_a_label_is_put_right_and_a_picture_dropped(folder: Path) -> None:
    (folder / "corrections.csv").write_text("name,emotion\nhappy/1.jpg,sad\nsad/0.jpg,drop\n")
    dataset = open_dataset(folder)
    assert _labels(dataset) == {"happy/0.jpg": "happy", "happy/1.jpg": "sad"}
    assert dataset.problem_counts() == {"dropped by corrections": 1}


@pytest.mark.parametrize("name", ["corrections.csv", "made.corrections.csv"])
@pytest.mark.parametrize("place", ["made", "made.zip"])
def test_the_file_may_lie_beside_a_folder_or_a_zip(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, place: str, name: str
) -> None:
    data = pack(tmp_path / place, dict.fromkeys(NAMES, jpeg()))
    (tmp_path / name).write_text("name,emotion\nhappy/1.jpg,sad\n")
    assert _labels(open_dataset(data))["happy/1.jpg"] == "sad"


_PIXELS = " ".join(["7"] * 48 * 48)
_FACES = "file,age,gender,race\nval/1.jpg,3-9,Male,Black\nval/2.jpg,3-9,Male,White\n"
_LIST = """[{"filename": "1.jpg", "faceExp_uploader": "기쁨"},
            {"filename": "2.jpg", "faceExp_uploader": "슬픔"}]"""


@pytest.mark.parametrize(
    ("reader", "head", "pictures", "texts"),
    [
        ("folder", "emotion", NAMES, {}),
        ("unlabelled", "emotion", ("1.jpg", "2.jpg"), {}),
        (
            "fer-csv",
            "emotion",
            (),
            {"fer.csv": f"emotion,pixels\n0,{_PIXELS}\n1,{_PIXELS}\n"},
        ),
        ("fairface", "race", ("val/1.jpg", "val/2.jpg"), {"fairface_label_val.csv": _FACES}),
        ("mask-race", "mask", ("1_male_Asian_20/mask1.jpg", "1_male_Asian_20/normal.jpg"), {}),
        ("aihub", "emotion", ("1.jpg", "2.jpg"), {"list.json": _LIST}),
    ],
)
def test_every_reader_applies_it(
    tmp_path: Path,
    jpeg: MakeJpeg,
    pack: Pack,
    reader: str,
    head: str,
    pictures: tuple[str, ...],
    texts: dict[str, str],
) -> None:
    files = {name: text.encode() for name, text in texts.items()}
    data = pack(tmp_path / "made", dict.fromkeys(pictures, jpeg()) | files)
    dataset = open_dataset(data)
    first, *others = (record.name for record in dataset.records)
    (data / "corrections.csv").write_text(f"name,{head}\n{first},drop\n")
    assert dataset.format == reader
    assert [record.name for record in open_dataset(data).records] == others


def test_what_the_dataset_does_not_know_is_reported(folder: Path) -> None:
    rows = "gone.jpg,sad\nhappy/0.jpg,joyful\nhappy/1.jpg,\n"
    (folder / "corrections.csv").write_text("name,emotion\n" + rows)
    dataset = open_dataset(folder)
    assert len(dataset.records) == 3
    where = f"{folder / 'corrections.csv'}, line"
    assert dataset.problems == (
        Problem(name=f"{where} 2", kind="correction of an unknown picture", detail="gone.jpg"),
        Problem(
            name=f"{where} 3",
            kind="correction to an unknown label",
            detail="emotion 'joyful' for happy/0.jpg",
        ),
    )


def test_corrections_come_before_the_table_of_labels(folder: Path) -> None:
    (folder / "corrections.csv").write_text("name,emotion\nhappy/1.jpg,sad\n")
    dataset = open_dataset(folder, reading=Reading(labels=read_labels("sentiment")))
    assert _labels(dataset)["happy/1.jpg"] == "negative"


def test_pictures_without_labels_can_be_given_some(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"0.jpg": jpeg(), "1.jpg": jpeg()})
    (data / "corrections.csv").write_text("name,emotion\n0.jpg,happy\n")
    assert [record.labels for record in open_dataset(data).records] == [{"emotion": "happy"}, {}]


def test_a_file_that_is_named_and_not_there_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        open_dataset(folder, reading=Reading(corrections=folder / "none.csv"))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("file,emotion\na,b\n", "needs a column name"),
        ("name,emotoin\nhappy/0.jpg,sad\n", "'emotoin' is no head of made"),
    ],
)
def test_a_file_with_other_columns_is_refused(folder: Path, text: str, complaint: str) -> None:
    (folder / "corrections.csv").write_text(text)
    with pytest.raises(InputError, match=complaint):
        open_dataset(folder)
