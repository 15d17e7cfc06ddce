from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from export.swap import keep_models, staged
from face_detect.command import InputError


def _export(out: Path, text: str) -> None:
    with staged(out) as staging:
        (staging / "report.json").write_text(text)


def test_the_folder_appears_when_the_block_ends(tmp_path: Path) -> None:
    _export(tmp_path / "deep" / "dist", "new")
    assert (tmp_path / "deep" / "dist" / "report.json").read_text() == "new"


def test_a_second_export_replaces_the_first_whole(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    _export(out, "old")
    (out / "left-over").write_text("")
    _export(out, "new")
    assert [path.name for path in out.iterdir()] == ["report.json"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_a_failure_leaves_the_old_folder_and_nothing_beside_it(
    tmp_path: Path, error: type[BaseException]
) -> None:
    out = tmp_path / "dist"
    _export(out, "old")
    with pytest.raises(error), staged(out) as staging:
        (staging / "report.json").write_text("half")
        raise error
    assert (out / "report.json").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_ctrl_c_during_the_swap_waits_for_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "dist", Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return rename(self, target)

    _export(out, "old")
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        _export(out, "new")
    assert (out / "report.json").read_text() == "new"


def test_a_rename_that_fails_puts_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "dist", Path.rename

    def refused(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    _export(out, "old")
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(OSError, match="No space"):
        _export(out, "new")
    assert (out / "report.json").read_text() == "old"


def test_a_folder_that_is_no_export_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(InputError, match="not an export"):
        _export(tmp_path, "new")


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("")
    with pytest.raises(InputError, match="is a file"):
        _export(tmp_path / "dist", "new")


def test_what_a_killed_export_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".dist.building-999999999").mkdir()
    _export(tmp_path / "dist", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_other_models_are_carried_over(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    for name in ("one", "two"):
        (out / "models" / name).mkdir(parents=True)
        (out / "models" / name / "model.onnx").write_text(name)
    staging = tmp_path / "staging"
    assert keep_models(out, staging, ["one"]) == ["two"]
    assert (staging / "models" / "two" / "model.onnx").read_text() == "two"
    assert not (staging / "models" / "one").exists()
