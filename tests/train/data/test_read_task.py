from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from train.data.read_labels import read_labels
from train.data.read_task import read_task
from train.data.task import Task

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = sorted((ROOT / "docs" / "tasks").glob("*.csv"))
GENDER = "gender,female,gender,female\ngender,male,gender,male\n"
MASK = "mask,worn,mask,with_mask\nmask,none,mask,without_mask\n"


def read(folder: Path, rows: str) -> Task:
    (folder / "task.csv").write_text(f"head,label,from,is\n{rows}", encoding="utf-8")
    return read_task(folder / "task.csv")


def test_heads_have_their_labels_in_the_order_of_the_rows(tmp_path: Path) -> None:
    task = read(tmp_path, GENDER + MASK)
    assert task.heads == ("gender", "mask")
    assert task.labels_of("gender") == ("female", "male")


def test_heads_that_another_follows_from_are_asked_only_where_named(tmp_path: Path) -> None:
    both = "".join(
        f'class,"{mask}, {gender}",mask + gender,{mask} + {gender}\n'
        for mask in ("worn", "none")
        for gender in ("male", "female")
    )
    task = read(tmp_path, both + GENDER + MASK)
    assert task.heads == ("class",)
    assert task.only(["mask", "gender"]).heads == ("mask", "gender")
    assert list(task.only(["mask"]).questions) == ["mask"]
    assert task.only(["mask"]).known({"mask": "with_mask", "gender": "male"}) == task.known(
        {"mask": "with_mask", "gender": "male"}
    )
    with pytest.raises(InputError, match="has no head 'age'"):
        task.only(["age"])


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("mask,worn,,with\n", r"task.csv, line 2: has a gap; from is empty"),
        (MASK + "mask,off,mask,\n", r"line 4: has a gap; is is empty"),
        (MASK + "mask,off,mask,a |  | b\n", r"line 4: has a gap; .* lacks a label"),
        (MASK + "mask,off,mask,a|b\n", r"line 4: 'a\|b' has a bar without a blank on either side"),
        ("mask,worn,mask,a\nmask,worn,mask,b\n", r"line 2: head 'mask' needs at least two"),
        (MASK + "ok,yes,mask,worn\nok,no,mask,with\n", r"line 4: no row of 'ok' .* 'none'"),
        (
            GENDER + MASK + "class,a,mask + gender,worn + male | female\n"
            "class,b,mask + gender,none + male\n",
            r"line 6: no row of 'class' from here on covers 'none \+ female'",
        ),
        ("age,young,years,0..29\nage,old,years,31..\n", r"line 3: no row of 'age' covers 30"),
        ("age,young,years,0..30\nage,old,years,30..\n", r"line 3: '30' is 'old', and above it"),
        (MASK + "mask,off,mask,with_mask\n", r"line 4: 'with_mask' is 'off', and above it is 'wo"),
        ("a,x,b,1\na,y,b,2\nb,1,a,x\nb,2,a,y\n", r"line 4: the table goes in a circle, a → b → a"),
        (MASK + "mask,none,mask,worn\n", r"line 4: 'worn' is a label of 'mask' itself, and cann"),
        (MASK + "mask,-,mask,None\n", r"line 4: 'none' is a label of 'mask' itself"),
        ("a,5,a,x\na,old,a,3..9\n", r"line 3: '5' is a label of 'a' itself"),
        (MASK + "mask,Worn,mask,on\n", r"line 4: 'Worn' is 'worn' above it in another case"),
        ("age,young,years,9..3\n", r"line 2: 9\.\.3 goes backwards"),
        (GENDER + "class,a,gender + mask,male\n", r"line 4: has 2 sources in from, and 1 labels"),
        ("", "has no rows"),
    ],
)
def test_a_gap_a_circle_or_a_contradiction_is_refused_with_its_line(
    tmp_path: Path, rows: str, complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        read(tmp_path, rows)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "task.csv").write_text("head,from,to\n")
    with pytest.raises(InputError, match="needs the columns head,label,from,is"):
        read_task(tmp_path / "task.csv")


def test_a_task_is_a_table_of_labels_too(tmp_path: Path) -> None:
    read(tmp_path, MASK)
    table = read_labels(str(tmp_path / "task.csv"))
    assert table({"mask": "with_mask"}) == {"mask": "worn"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_can_be_read(path: Path) -> None:
    assert read_task(path).heads


def test_the_mask_task_has_the_eighteen_classes_that_its_rule_has() -> None:
    from train.data.labels import NAMED

    task = read_task(ROOT / "docs" / "tasks" / "mask-18.csv")
    assert len(task.labels_of("class")) == 18
    for mask in ("worn", "wrong", "none"):
        for gender in ("male", "female"):
            for age in ("18", "29", "30", "59", "60", "99"):
                known = {"mask": mask, "gender": gender, "age": age}
                assert task(known)["class"] == NAMED["mask-18"](known)["class"]


def test_the_shipped_attributes_take_the_words_of_every_reader_for_feelings() -> None:
    from train.data.labels import AIHUB, NAMED, SYNONYMS

    task = read_task(ROOT / "docs" / "tasks" / "attributes.csv")
    for label in (*SYNONYMS, *AIHUB):
        assert task({"emotion": label}) == NAMED["fer"]({"emotion": label})
    assert task({"emotion": "contempt"}) == {}
