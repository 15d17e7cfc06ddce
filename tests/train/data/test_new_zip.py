from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from train.data.new_zip import new_zip


def test_ctrl_c_in_the_middle_of_an_entry_stays_what_it_is(tmp_path: Path) -> None:
    half: list[object] = []  # as writestr's own is, while it writes
    with pytest.raises(KeyboardInterrupt), new_zip(tmp_path / "made.zip") as archive:
        half.append(archive.open("picture.png", "w"))
        raise KeyboardInterrupt


def test_what_was_written_is_there(tmp_path: Path) -> None:
    with new_zip(tmp_path / "made.zip") as archive:
        archive.writestr("picture.png", b"picture")
    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        assert archive.read("picture.png") == b"picture"
