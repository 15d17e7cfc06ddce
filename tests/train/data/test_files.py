from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Problem, open_dataset


def _names(data: Path) -> list[str]:
    return [record.name for record in open_dataset(data).records]


def test_a_link_to_a_folder_is_followed(tmp_path: Path, jpeg: MakeJpeg, pack: Pack) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg()})
    elsewhere = pack(tmp_path / "elsewhere", {"1.jpg": jpeg()})
    (data / "sad").symlink_to(elsewhere)
    assert _names(data) == ["happy/0.jpg", "sad/1.jpg"]


def test_links_that_lead_round_are_reported_and_their_pictures_read_once(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "sad/1.jpg": jpeg()})
    (data / "happy" / "up").symlink_to(data)
    (data / "zzz").symlink_to(data / "sad")
    assert _names(data) == ["happy/0.jpg", "sad/1.jpg"]
    twice = {Problem(name=name, kind="folder linked twice") for name in ("happy/up", "zzz")}
    assert set(open_dataset(data).problems) == twice


def test_a_folder_that_may_not_be_listed_is_reported(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "sad/0.jpg": jpeg()})
    scandir = os.scandir

    # Not by its mode, for root may list every folder.
    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "sad":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    problem = Problem(name="sad", kind="folder cannot be read", detail="Permission denied")
    assert open_dataset(data).problems == (problem,)


def test_of_names_that_differ_in_composition_alone_the_second_is_reported(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    apart = unicodedata.normalize("NFD", "기쁨/1.jpg")
    data = pack(tmp_path / "made", {"기쁨/1.jpg": jpeg(), apart: jpeg(), "슬픔/1.jpg": jpeg()})
    dataset = open_dataset(data)
    assert _names(data) == ["기쁨/1.jpg", "슬픔/1.jpg"]
    assert dataset.problem_counts() == {"named twice": 1}


def test_a_name_that_is_not_utf8_is_reported_with_its_bytes(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"happy/0.jpg": jpeg(), "sad/0.jpg": jpeg()})
    (data / "happy" / os.fsdecode(b"\xb1\xe2.jpg")).write_bytes(jpeg())
    (data / os.fsdecode(b"\xbb\xdd")).mkdir()
    (data / os.fsdecode(b"\xbb\xdd") / "1.jpg").write_bytes(jpeg())
    assert _names(data) == ["happy/0.jpg", "sad/0.jpg"]
    strange = [
        Problem(name=name, kind="name is not UTF-8")
        for name in (r"\xbb\xdd", r"happy/\xb1\xe2.jpg")
    ]
    assert list(open_dataset(data).problems) == strange
