from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from face_detect.command import InputError
from tests.train.data.conftest import Pack
from train.data import Problem, open_dataset

PIXELS = " ".join(str(i % 256) for i in range(48 * 48))
HEADER = "emotion,pixels,Usage"


def _write(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_each_row_is_a_picture_with_its_label_and_part(tmp_path: Path) -> None:
    usages = ("Training", "PublicTest", "PrivateTest")
    rows = [f"{i},{PIXELS},{usages[i % 3]}" for i in range(7)]
    dataset = open_dataset(_write(tmp_path / "fer2013.csv", *rows))
    names = ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
    assert [record.labels["emotion"] for record in dataset.records] == names
    assert [record.split for record in dataset.records[:3]] == ["train", "test", "private"]
    expected = (np.arange(48 * 48) % 256).reshape(48, 48)
    assert (dataset.records[0].picture() == expected[..., None]).all()


def test_one_part_is_read(tmp_path: Path) -> None:
    data = _write(tmp_path / "fer2013.csv", f"0,{PIXELS},Training", f"1,{PIXELS},PrivateTest")
    (record,) = open_dataset(data, "private").records
    assert record.labels == {"emotion": "disgust"}


@pytest.mark.parametrize("place", ["made", "made.zip"])
def test_the_file_is_found_in_a_folder_or_a_zip(tmp_path: Path, pack: Pack, place: str) -> None:
    content = f"{HEADER}\n3,{PIXELS},Training\n".encode()
    dataset = open_dataset(pack(tmp_path / place, {"fer2013/fer2013.csv": content}))
    assert dataset.format == "fer-csv"
    assert dataset.records[0].labels == {"emotion": "happy"}


def test_the_competitions_own_columns_and_a_file_without_parts_are_read(tmp_path: Path) -> None:
    own = _write(tmp_path / "icml.csv", f"6, Training,{PIXELS}", header="emotion, Usage, pixels")
    assert open_dataset(own).records[0].split == "train"
    bare = _write(tmp_path / "train.csv", f"6,{PIXELS}", header="emotion,pixels")
    assert open_dataset(bare).records[0].split is None


@pytest.mark.parametrize(
    ("row", "kind", "detail"),
    [
        ("3,1 2 3,Training", "wrong number of pixels", "3 instead of 2304"),
        (f"7,{PIXELS},Training", "label unknown", "emotion '7' is not 0 to 6"),
        (f"3,{PIXELS[:-3]}256,Training", "pixel unknown", "'256' is not 0 to 255"),
        (f"3,{PIXELS},Sometimes", "split unknown", "Usage 'Sometimes'"),
        (f"3,{PIXELS}", "row cut short", "2 fields for 3 columns"),
    ],
)
def test_a_bad_row_is_reported_by_its_line(
    tmp_path: Path, row: str, kind: str, detail: str
) -> None:
    good = f"0,{PIXELS},Training"
    dataset = open_dataset(_write(tmp_path / "fer2013.csv", good, row, good))
    assert [record.name for record in dataset.records] == ["fer2013.csv:2", "fer2013.csv:4"]
    assert dataset.problems == (Problem(name="fer2013.csv:3", kind=kind, detail=detail),)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (f"3,{PIXELS[:-3]}".encode() + b"\xff\xfe,Training", "pixel unknown"),
        (b"3," + b"7 " * 70_000 + b",Training", "not CSV"),
    ],
)
def test_a_bad_byte_or_an_endless_field_spoils_no_row_but_its_own(
    tmp_path: Path, row: bytes, kind: str
) -> None:
    good = f"0,{PIXELS},Training".encode()
    data = tmp_path / "fer2013.csv"
    data.write_bytes(b"\n".join([HEADER.encode(), good, row, good]))
    dataset = open_dataset(data)
    assert [record.name for record in dataset.records] == ["fer2013.csv:2", "fer2013.csv:4"]
    assert [(problem.name, problem.kind) for problem in dataset.problems] == [
        ("fer2013.csv:3", kind)
    ]


def test_a_quoted_header_is_known_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    header = '"emotion", "pixels", "Usage"'
    rows = [f'"0","{PIXELS}","Training"', "", " , ,", f"1,{PIXELS},Training"]
    data = _write(tmp_path / "made" / "fer2013.csv", *rows, header=header)
    dataset = open_dataset(data.parent)
    assert [record.labels["emotion"] for record in dataset.records] == ["angry", "disgust"]
    assert dataset.problems == ()


def test_another_csv_is_refused(tmp_path: Path) -> None:
    data = _write(tmp_path / "other.csv", "1,2", header="a,b")
    with pytest.raises(InputError, match=r"other\.csv: .*emotion,pixels"):
        open_dataset(data)
