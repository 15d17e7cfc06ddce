from __future__ import annotations

from pathlib import Path

import pytest

from face_detect.command import InputError
from face_detect.swap import swapped_in


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    with swapped_in(tmp_path / "a/out", lambda folder: False) as building:
        (building / "file").touch()
        assert not (tmp_path / "a/out").exists()
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "out", "file"]


def test_an_earlier_folder_of_ours_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/old").touch()
    with swapped_in(tmp_path / "out", lambda folder: True) as building:
        (building / "new").touch()
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "new"]


def test_a_strangers_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with (
        pytest.raises(InputError, match="did not write"),
        swapped_in(tmp_path, lambda folder: False),
    ):
        pytest.fail("the body must not run")
    assert (tmp_path / "holiday.jpg").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with (
        pytest.raises(InputError, match="is a file"),
        swapped_in(tmp_path / "out", lambda folder: True),
    ):
        pytest.fail("the body must not run")


def test_an_interrupted_run_leaves_the_earlier_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/old").touch()
    with (
        pytest.raises(KeyboardInterrupt),
        swapped_in(tmp_path / "out", lambda folder: True) as building,
    ):
        (building / "new").touch()
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "old"]
