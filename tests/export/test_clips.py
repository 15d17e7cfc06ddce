from __future__ import annotations

import json
import os
import shutil
import unicodedata
from pathlib import Path

import pytest

from export.clips import copy_clips, find_clips, keep_clips
from face_detect.command import InputError
from tests.export.conftest import write_clip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One clip a kind: `vp8.webm`, `mpeg4.mp4`, `jpeg.avi`."""
    folder = tmp_path_factory.mktemp("made")
    for name, codec in (("vp8.webm", "VP80"), ("mpeg4.mp4", "mp4v"), ("jpeg.avi", "MJPG")):
        write_clip(folder / name, codec)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A folder that holds one clip."""
    (tmp_path / "clips").mkdir()
    shutil.copyfile(made / "vp8.webm", tmp_path / "clips" / "One clip.webm")
    return tmp_path / "clips"


def test_a_clip_is_found_with_its_length(folder: Path) -> None:
    (clip,) = find_clips(folder).found
    assert (clip.name, clip.seconds) == ("One clip", 0.5)


def test_a_korean_name_is_kept_whole_and_its_address_is_plain(
    made: Path, tmp_path: Path, folder: Path
) -> None:
    apart = unicodedata.normalize("NFD", "기쁨 1")
    shutil.copyfile(made / "vp8.webm", folder / f"{apart}.webm")
    (tmp_path / "site").mkdir()
    entries = {clip["name"]: clip for clip in copy_clips(find_clips(folder), tmp_path / "site")}
    assert set(entries) == {"One clip", "기쁨 1"}
    file = entries["기쁨 1"]["file"]
    assert file.startswith("clips/1-")
    assert file.isascii()
    content = (tmp_path / "site" / file).read_bytes()
    assert content == (made / "vp8.webm").read_bytes()
    assert entries["기쁨 1"]["bytes"] == len(content)


def test_other_files_beside_are_skipped_and_counted(folder: Path) -> None:
    for name in ("notes.txt", ".DS_Store", "._One clip.webm"):
        (folder / name).write_text("no clip")
    found = find_clips(folder)
    assert (len(found.found), found.skipped) == (1, 3)


def _refused(folder: Path, words: str) -> None:
    with pytest.raises(InputError, match=words):
        find_clips(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    _refused(tmp_path / "gone", "gone: is not a folder")


def test_a_folder_without_a_clip_says_what_to_put_there(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    _refused(tmp_path, "holds no clip; put MP4")


@pytest.mark.parametrize(
    ("name", "words"), [("jpeg.avi", "is .avi, which"), ("mpeg4.mp4", "holds FMP4, which")]
)
def test_what_browsers_do_not_play_is_refused(
    made: Path, folder: Path, name: str, words: str
) -> None:
    shutil.copyfile(made / name, folder / name)
    _refused(folder, f"{name}: {words} browsers do not play")


def test_a_file_of_another_kind_than_its_name_is_refused(made: Path, folder: Path) -> None:
    shutil.copyfile(made / "jpeg.avi", folder / "a.mp4")
    _refused(folder, "a.mp4: is not the mp4 file")


def test_a_clip_without_a_frame_is_refused(made: Path, folder: Path) -> None:
    (folder / "cut.webm").write_bytes((made / "vp8.webm").read_bytes()[:200])
    _refused(folder, "cut.webm: holds no frame")


def test_a_name_that_is_not_unicode_is_refused(made: Path, folder: Path) -> None:
    shutil.copyfile(made / "vp8.webm", folder / os.fsdecode("기쁨.webm".encode("cp949")))
    _refused(folder, "has a name that is not UTF-8")


def test_two_clips_of_one_name_are_refused(made: Path, folder: Path) -> None:
    for form in ("NFC", "NFD"):
        name = unicodedata.normalize(form, "기쁨")
        shutil.copyfile(made / "vp8.webm", folder / f"{name}.webm")
    _refused(folder, "has the same name")


def test_the_clips_of_the_site_before_are_carried_over(folder: Path, tmp_path: Path) -> None:
    before, site = tmp_path / "before", tmp_path / "site"
    for made in (before, site):
        made.mkdir()
    entries = copy_clips(find_clips(folder), before)
    (before / "manifest.json").write_text(json.dumps({"clips": entries}))
    assert keep_clips(before, site) == entries
    assert (site / entries[0]["file"]).is_file()
