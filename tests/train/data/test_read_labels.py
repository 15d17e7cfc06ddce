from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from train.data.labels import NAMED
from train.data.read_labels import read_labels


def _file(tmp_path: Path, text: str) -> str:
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    return str(tmp_path / "table.csv")


def test_a_table_has_a_name_or_is_a_file(tmp_path: Path) -> None:
    assert read_labels("fer") is NAMED["fer"]
    table = read_labels(_file(tmp_path, "from,to\nhappy,positive\nsad,negative\n"))
    assert table({"emotion": "sad"}) == {"emotion": "negative"}


def test_a_table_may_tell_heads_apart(tmp_path: Path) -> None:
    text = "head,from,to\nmask,worn,yes\nmask,wrong,no\ngender,male,m\n"
    table = read_labels(_file(tmp_path, text))
    assert table({"mask": "worn", "gender": "male"}) == {"mask": "yes", "gender": "m"}


def test_rows_are_followed_to_their_end(tmp_path: Path) -> None:
    table = read_labels(_file(tmp_path, "from,to\n기쁨,happy\nhappy,positive\npositive,positive\n"))
    assert table({"emotion": "기쁨"}) == {"emotion": "positive"}


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("a,b\nb,\n", "line 3: has a gap"),
        ("a,b\n,c\n", "line 3: has a gap"),
        ("a,b\nb,c\nc,a\n", "line 4: the table goes in a circle, a → b → c → a"),
        ("a,b\na,c\n", "line 3: 'a' is 'c', and above it is 'b'"),
        ("", "has no rows"),
    ],
)
def test_a_gap_a_circle_or_a_contradiction_is_refused_with_its_line(
    tmp_path: Path, rows: str, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        read_labels(_file(tmp_path, "from,to\n" + rows))


def test_other_columns_other_text_and_other_names_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs the columns from,to"):
        read_labels(_file(tmp_path, "old,new\na,b\n"))
    with pytest.raises(InputError, match="none of the tables fer, sentiment"):
        read_labels("ferr")
    (tmp_path / "table.csv").write_bytes("from,to\n기쁨,happy\n".encode("cp949"))
    with pytest.raises(InputError, match="is not UTF-8 text"):
        read_labels(str(tmp_path / "table.csv"))
