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


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("made", "made.corrections.csv"),
        ("made.zip", "made.corrections.csv"),
        ("made.zip", "corrections.csv"),
    ],
)
def test_the_file_may_lie_beside_a_folder_or_a_zip(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, place: str, name: str
) -> None:
    data = pack(tmp_path / place, dict.fromkeys(NAMES, jpeg()))
    (tmp_path / name).write_text("name,emotion\nhappy/1.jpg,sad\n")
    assert _labels(open_dataset(data))["happy/1.jpg"] == "sad"


def test_a_file_beside_a_folder_that_does_not_name_it_is_not_its_own(folder: Path) -> None:
    (folder.parent / "corrections.csv").write_text("name,mask\n1/mask1.jpg,none\n")
    assert open_dataset(folder).problems == ()


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


@pytest.mark.parametrize(
    ("table", "column", "label", "expected"),
    [
        ("sentiment", "emotion", "negative", {"emotion": "negative"}),
        ("age-groups", "age group", "<30", {"age": "70", "age group": "<30"}),
    ],
)
def test_a_correction_may_be_in_the_words_of_the_table(
    tmp_path: Path,
    jpeg: MakeJpeg,
    pack: Pack,
    table: str,
    column: str,
    label: str,
    expected: dict[str, str],
) -> None:
    head, first, second = (
        ("age", "20", "70") if column == "age group" else ("emotion", "sad", "joy")
    )
    data = pack(tmp_path / "made", {f"{first}/0.jpg": jpeg(), f"{second}/1.jpg": jpeg()})
    (data / "corrections.csv").write_text(f"name,{column}\n{second}/1.jpg,{label}\n")
    reading = Reading(head=head, labels=read_labels(table))
    dataset = open_dataset(data, reading=reading)
    records = {record.name: record.labels for record in dataset.records}
    assert (records[f"{second}/1.jpg"], dataset.problems) == (expected, ())


def test_rows_of_one_picture_that_agree_are_one(folder: Path) -> None:
    rows = "happy/0.jpg,sad\nhappy/0.jpg,\nhappy/0.jpg,sad\n"
    rows += "sad/0.jpg,drop\nsad/0.jpg,\nsad/0.jpg,drop\n"
    (folder / "corrections.csv").write_text("name,emotion\n" + rows)
    dataset = open_dataset(folder)
    assert _labels(dataset) == {"happy/0.jpg": "sad", "happy/1.jpg": "happy"}
    assert dataset.problem_counts() == {"dropped by corrections": 1}


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
        ("name,emotion,emotion\nhappy/0.jpg,sad,happy\n", "line 1: has two columns of one name"),
        (
            "name,emotion\nhappy/0.jpg,sad\nhappy/0.jpg,happy\n",
            r"line 3: happy/0\.jpg is corrected otherwise in .*, line 2",
        ),
        (
            "name,emotion\nhappy/0.jpg,drop\nhappy/0.jpg,happy\n",
            r"line 3: happy/0\.jpg is corrected otherwise in .*, line 2",
        ),
        ("name,emotoin\nhappy/0.jpg,sad\n", "'emotoin' is no head of made"),
    ],
)
def test_a_file_with_other_columns_or_a_contradiction_is_refused(
    folder: Path, text: str, complaint: str
) -> None:
    (folder / "corrections.csv").write_text(text)
    with pytest.raises(InputError, match=complaint):
        open_dataset(folder)
