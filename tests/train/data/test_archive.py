from __future__ import annotations

import pickle
import unicodedata
import zipfile
from pathlib import Path

import pytest

from face_detect.command import InputError
from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Problem, open_dataset


def _kinds(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {problem.name: problem.kind for problem in problems}


@pytest.mark.parametrize(
    "name", ["../happy/1.jpg", "/happy/1.jpg", "C:\\happy\\1.jpg", "a/../../1.jpg", "./../1.jpg"]
)
def test_a_name_that_leads_out_of_the_zip_is_left_out(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, name: str
) -> None:
    data = pack(tmp_path / "made.zip", {"happy/0.jpg": jpeg(), name: jpeg(), "sad/2.jpg": jpeg()})
    dataset = open_dataset(data)
    assert [record.name for record in dataset.records] == ["happy/0.jpg", "sad/2.jpg"]
    assert dataset.problem_counts() == {"unsafe name in the zip": 1}
    assert [path.name for path in tmp_path.rglob("*")] == ["made.zip"]


def test_a_bomb_is_left_out_before_it_is_unpacked(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    bomb = bytes(20 << 20)
    data = pack(
        tmp_path / "made.zip", {"happy/0.jpg": jpeg(), "happy/1.bmp": bomb, "sad/0.jpg": jpeg()}
    )
    assert _kinds(open_dataset(data).problems) == {"happy/1.bmp": "zip bomb"}


def test_of_two_members_of_one_name_the_one_that_was_checked_is_read(
    tmp_path: Path, jpeg: MakeJpeg
) -> None:
    data = tmp_path / "made.zip"
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("happy/0.jpg", jpeg())
        archive.writestr("sad/0.jpg", jpeg())
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("happy/0.jpg", bytes(20 << 20))
    dataset = open_dataset(data)
    assert [record.read() for record in dataset.records] == [jpeg(), jpeg()]
    assert _kinds(dataset.problems) == {"happy/0.jpg": "zip bomb"}


def test_the_second_member_of_a_name_is_reported(tmp_path: Path, jpeg: MakeJpeg) -> None:
    data = tmp_path / "made.zip"
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("happy/0.jpg", jpeg(1))
        archive.writestr("./happy/0.jpg", jpeg(2))
    dataset = open_dataset(data)
    assert [record.read() for record in dataset.records] == [jpeg(1)]
    assert _kinds(dataset.problems) == {"happy/0.jpg": "named twice in the zip"}


@pytest.mark.parametrize(
    "names", [("./happy/0.jpg", "./sad/0.jpg"), ("happy\\0.jpg", "sad\\0.jpg")]
)
def test_names_that_begin_with_a_dot_or_have_backslashes_are_read(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, names: tuple[str, ...]
) -> None:
    dataset = open_dataset(pack(tmp_path / "made.zip", dict.fromkeys(names, jpeg())))
    assert [record.name for record in dataset.records] == ["happy/0.jpg", "sad/0.jpg"]
    assert dataset.problems == ()


def test_a_zip_with_nothing_but_a_bomb_is_refused_with_the_reason(
    tmp_path: Path, pack: Pack
) -> None:
    data = pack(tmp_path / "made.zip", {"happy/1.jpg": bytes(20 << 20)})
    with pytest.raises(InputError, match=r"made\.zip: holds no pictures; zip bomb: 1"):
        open_dataset(data)


def test_a_member_that_needs_a_password_is_left_out(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made.zip", {"happy/0.jpg": jpeg(), "sad/0.jpg": jpeg()})
    content = bytearray(data.read_bytes())
    content[content.find(b"PK\1\2") + 8] |= 1
    data.write_bytes(content)
    assert _kinds(open_dataset(data).problems) == {"happy/0.jpg": "encrypted"}


def test_a_zip_that_is_cut_short_is_refused(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    data = pack(tmp_path / "made.zip", {"happy/0.jpg": jpeg(), "sad/0.jpg": jpeg()})
    data.write_bytes(data.read_bytes()[:-200])
    with pytest.raises(InputError, match=r"made\.zip: is not a zip file, or is cut short"):
        open_dataset(data)


def test_what_a_desktop_leaves_behind_is_no_picture(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    names = ["happy/0.jpg", "sad/0.jpg", "__MACOSX/happy/._0.jpg", "sad/.thumb.jpg"]
    for place in ("made.zip", "made"):
        dataset = open_dataset(pack(tmp_path / place, dict.fromkeys(names, jpeg())))
        assert [record.name for record in dataset.records] == names[:2]
        assert dataset.problems == ()


def test_decomposed_names_are_composed(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    names = [unicodedata.normalize("NFD", f"{label}/0.jpg") for label in ("기쁨", "슬픔")]
    for place in ("made.zip", "made"):
        dataset = open_dataset(pack(tmp_path / place, dict.fromkeys(names, jpeg())))
        assert [record.labels["emotion"] for record in dataset.records] == ["기쁨", "슬픔"]
        assert dataset.records[0].picture().shape == (48, 48, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_korean_names_without_the_zips_unicode_mark_are_read(
    tmp_path: Path, jpeg: MakeJpeg, encoding: str
) -> None:
    names = [f"{label}/0.jpg".encode(encoding) for label in ("기쁨", "슬픔")]
    stand_ins = ["#" * len(names[0]), "*" * len(names[1])]
    data = tmp_path / "made.zip"
    with zipfile.ZipFile(data, "w") as archive:
        for stand_in in stand_ins:
            archive.writestr(stand_in, jpeg())
    content = data.read_bytes()
    for stand_in, name in zip(stand_ins, names, strict=True):
        content = content.replace(stand_in.encode(), name)
    data.write_bytes(content)
    records = open_dataset(data).records
    assert [record.labels["emotion"] for record in records] == ["기쁨", "슬픔"]
    assert records[0].read() == jpeg()


def test_records_can_be_sent_to_another_process(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    data = pack(tmp_path / "made.zip", {"happy/0.jpg": jpeg(1), "sad/0.jpg": jpeg(2)})
    records = open_dataset(data).records
    sent = pickle.loads(pickle.dumps(records))
    assert [record.read() for record in sent] == [jpeg(1), jpeg(2)]
