from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from face_detect.command import InputError
from face_detect.swap import staged


def is_ours(folder: Path) -> bool:
    return (folder / "mark").is_file()


def write(out: Path, text: str) -> None:
    with staged(out, is_ours) as staging:
        (staging / "mark").write_text(text)


def test_the_folder_appears_when_the_block_ends(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "out", "new")
    assert (tmp_path / "deep" / "out" / "mark").read_text() == "new"


def test_a_second_run_replaces_the_first_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "old")
    (out / "left-over").write_text("")
    write(out, "new")
    assert [path.name for path in out.iterdir()] == ["mark"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_a_failure_leaves_the_old_folder_and_nothing_beside_it(
    tmp_path: Path, error: type[BaseException]
) -> None:
    out = tmp_path / "out"
    write(out, "old")
    with pytest.raises(error), staged(out, is_ours) as staging:
        (staging / "mark").write_text("half")
        raise error
    assert (out / "mark").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_ctrl_c_during_the_swap_waits_for_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "out", Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return rename(self, target)

    write(out, "old")
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(out, "new")
    assert (out / "mark").read_text() == "new"


def test_a_rename_that_fails_puts_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "out", Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    write(out, "old")
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OSError, match="No space"):
        write(out, "new")
    assert (out / "mark").read_text() == "old"


def test_a_strangers_folder_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(InputError, match="did not write"):
        write(tmp_path, "new")


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="is a file"):
        write(tmp_path / "out", "new")


def test_what_a_killed_run_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".out.building-999999999").mkdir()
    write(tmp_path / "out", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_run_killed_between_the_two_renames_gives_the_old_folder_back(tmp_path: Path) -> None:
    old = tmp_path / ".out.building-999999999" / "old"
    old.mkdir(parents=True)
    (old / "mark").write_text("old")
    with pytest.raises(ValueError), staged(tmp_path / "out", is_ours):
        raise ValueError
    assert (tmp_path / "out" / "mark").read_text() == "old"
