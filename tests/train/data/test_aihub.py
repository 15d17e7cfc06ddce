from __future__ import annotations

import json
import math
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from face_detect.box import Box
from face_detect.command import InputError
from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Dataset, Problem, Reading, open_dataset
from train.data.readable import readable
from train.data.reading import Annotators

HASH = "00d2b6ddf5a7aa0a1dc1a7d6fbe0cd3a"
NAME = f"{HASH}_여_30_기쁨_실외&자연환경_20210126183005-001-010.jpg"


def _entry(votes: str = "기쁨 기쁨 슬픔", left: float = 10, **changes: Any) -> dict[str, Any]:
    boxes = [
        {"minX": left + shift, "minY": 5.0, "maxX": left + 20, "maxY": 35.0} for shift in (0, 1, 9)
    ]
    annotators = {
        f"annot_{letter}": {"boxes": box, "faceExp": vote}
        for letter, box, vote in zip("ABC", boxes, votes.split(), strict=True)
    }
    entry = {"filename": NAME, "gender": "여", "age": 30, "faceExp_uploader": "기쁨"}
    return entry | annotators | changes


def _json(*entries: Any) -> bytes:
    return json.dumps(entries, ensure_ascii=False).encode()


@pytest.fixture
def aihub(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> Path:
    """As it is handed out: a zip of pictures for each emotion, and zips of lists."""
    data = tmp_path / "aihub"
    for part in ("Training", "Validation"):
        (data / part).mkdir(parents=True)
    pack(data / "Training" / "[원천]EMOIMG_기쁨_TRAIN_01.zip", {NAME: jpeg()})
    pack(data / "Training" / "[라벨]EMOIMG_기쁨_TRAIN.zip", {"기쁨.json": _json(_entry())})
    sad = NAME.replace("기쁨", "슬픔")
    pack(data / "Validation" / "[원천]EMOIMG_슬픔_VALID.zip", {sad: jpeg()})
    listed = _json(_entry("슬픔 슬픔 슬픔", filename=sad))
    pack(data / "Validation" / "[라벨]EMOIMG_슬픔_VALID.zip", {"슬픔.json": listed})
    return data


def _read(
    data: Path, pack: Pack, jpeg: MakeJpeg, *entries: Any, rule: Annotators = "majority"
) -> Dataset:
    """A folder with the picture and a list; a second, good entry keeps it from being empty."""
    good = NAME.replace("001-010", "001-011")
    files = {
        NAME: jpeg(),
        good: jpeg(),
        "기쁨.json": _json(*entries, _entry("기쁨 기쁨 기쁨", filename=good)),
    }
    return open_dataset(pack(data, files), reading=Reading(annotators=rule))


def test_zips_of_pictures_and_of_lists_are_read_unopened(aihub: Path) -> None:
    dataset = open_dataset(aihub)
    assert (dataset.format, dataset.framing, dataset.problems) == ("aihub", "photo", ())
    happy, sad = dataset.records
    assert happy.labels == {"emotion": "기쁨", "gender": "female", "age": "30"}
    assert (happy.split, sad.split, happy.subject) == ("train", "valid", HASH)
    assert happy.picture().shape == (48, 48, 3)


def test_the_box_is_the_annotators_median(aihub: Path) -> None:
    assert open_dataset(aihub).records[0].box == Box(x=11, y=5, width=19, height=30)


def test_names_match_whether_composed_or_not(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    apart = unicodedata.normalize("NFD", NAME)
    data = pack(tmp_path / "made", {apart: jpeg(), "list.json": _json(_entry())})
    (record,) = open_dataset(data).records
    assert record.name == NAME
    other = pack(tmp_path / "other", {NAME: jpeg(), "list.json": _json(_entry(filename=apart))})
    assert open_dataset(other).records[0].labels["emotion"] == "기쁨"


def test_a_list_in_korean_windows_encoding_is_read(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    listed = _json(_entry()).decode().encode("cp949")
    (record,) = open_dataset(pack(tmp_path / "made", {NAME: jpeg(), "기쁨.json": listed})).records
    assert record.labels["emotion"] == "기쁨"


@pytest.mark.parametrize(
    ("votes", "rule", "label"),
    [
        ("슬픔 슬픔 불안", "majority", "슬픔"),
        ("슬픔 분노 불안", "majority", "기쁨"),  # nobody has most, so the uploader's
        ("슬픔 슬픔 슬픔", "unanimous", "슬픔"),
        ("슬픔 슬픔 슬픔", "uploader", "기쁨"),
        ("슬픔 분노 불안", "A", "슬픔"),
        ("슬픔 분노 불안", "B", "분노"),
        ("슬픔 분노 불안", "C", "불안"),
    ],
)
def test_the_user_says_whose_label_counts(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, votes: str, rule: Annotators, label: str
) -> None:
    dataset = _read(tmp_path / "made", pack, jpeg, _entry(votes), rule=rule)
    assert dataset.records[0].labels["emotion"] == label


@pytest.mark.parametrize(
    ("entry", "kind", "detail"),
    [
        (_entry("기쁨 기쁨 슬픔"), "annotators disagree", "A 기쁨, B 기쁨, C 슬픔, uploader 기쁨"),
        (_entry("행복 행복 행복"), "label unknown", "'행복' is none of"),
        (_entry("기쁨 기쁨 기쁨", filename="gone.jpg"), "picture missing", "gone.jpg"),
        (_entry("기쁨 기쁨 기쁨", left=-60), "box outside the picture", "from -59, 5"),
        ("기쁨", "not an entry", "'기쁨'"),
        ({"filename": NAME}, "no label", "A -, B -, C -, uploader -"),
        (_entry("기쁨 기쁨 기쁨", annot_B={}), "annotators disagree", "A 기쁨, B -, C 기쁨"),
        (_entry("기쁨 기쁨 기쁨", left=math.nan), "box not understood", "{'minX': nan"),
        (_entry("기쁨 기쁨 기쁨", left=10**400), "box not understood", "{'minX': 1000"),
    ],
)
def test_an_entry_that_gives_no_record_is_reported(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, entry: Any, kind: str, detail: str
) -> None:
    dataset = _read(tmp_path / "made", pack, jpeg, entry, rule="unanimous")
    assert len(dataset.records) == 1
    problem = dataset.problems[0]
    assert (problem.name, problem.kind) == ("기쁨.json, entry 1", kind)
    assert problem.detail.startswith(detail)


def test_a_box_beyond_the_picture_is_found_when_it_is_read(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    dataset = readable(_read(tmp_path / "made", pack, jpeg, _entry(left=400)))
    assert len(dataset.records) == 1
    assert dataset.problems == (
        Problem(name=NAME, kind="box outside the picture", detail="401, 5, 19×30 in 48×48"),
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'[{"faceExp_uploader": ', "not JSON"),
        (b'{"faceExp_uploader": 1}', "not a list of entries"),
    ],
)
def test_a_list_that_cannot_be_read_is_reported_and_the_others_go_on(
    aihub: Path, content: bytes, kind: str
) -> None:
    (aihub / "Training" / "분노.json").write_bytes(content)
    dataset = open_dataset(aihub)
    assert len(dataset.records) == 2
    (problem,) = dataset.problems
    assert (problem.name, problem.kind) == ("Training/분노.json", kind)


def test_a_zip_that_is_damaged_is_reported_with_the_pictures_it_held(aihub: Path) -> None:
    (damaged,) = (aihub / "Validation").glob("*원천*")
    damaged.write_bytes(damaged.read_bytes()[:-100])
    dataset = open_dataset(aihub)
    assert len(dataset.records) == 1
    assert dataset.problem_counts() == {"zip damaged": 1, "picture missing": 1}


def test_nothing_but_a_damaged_list_is_refused(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    data = pack(tmp_path / "made", {NAME: jpeg(), "기쁨.json": b'[{"faceExp_uploader'})
    with pytest.raises(
        InputError, match="no picture that a JSON list of AI-Hub's describes; not JSON: 1"
    ):
        open_dataset(data)


def test_of_two_pictures_of_one_name_each_is_its_own_parts(
    aihub: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    pack(aihub / "Validation" / "[원천]EMOIMG_기쁨_VALID.zip", {NAME: jpeg(1)})
    listed = _json(_entry("슬픔 슬픔 슬픔"))
    pack(aihub / "Validation" / "[라벨]EMOIMG_기쁨_VALID.zip", {"기쁨.json": listed})
    first, second, _ = open_dataset(aihub).records
    assert (first.split, first.labels["emotion"], first.read()) == ("train", "기쁨", jpeg())
    assert (second.split, second.labels["emotion"], second.read()) == ("valid", "슬픔", jpeg(1))


def test_two_pictures_of_one_name_in_one_part_are_both_left_out(
    aihub: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    pack(aihub / "Training" / "[원천]EMOIMG_기쁨_TRAIN_02.zip", {NAME: jpeg(1)})
    dataset = open_dataset(aihub)
    assert [record.split for record in dataset.records] == ["valid"]
    (problem,) = dataset.problems
    assert problem.kind == "several pictures of that name"
    assert "TRAIN_01.zip" in problem.detail and "TRAIN_02.zip" in problem.detail


def test_a_picture_in_no_list_is_reported(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    data = pack(tmp_path / "made", {NAME: jpeg(), "b.jpg": jpeg(), "기쁨.json": _json(_entry())})
    assert open_dataset(data).problems == (
        Problem(name="b.jpg", kind="no label", detail="is in no list"),
    )
