from pathlib import Path

import pytest

import export.pipeline
from benchmarks.study.arm_export import Refusal, read_export
from benchmarks.study.export_worker import export_and_note, note_of
from export.build_once import WebBuildError
from face_detect.command import MachineError


def fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def export_(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(export.pipeline, "export", export_)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MachineError("no Chromium"), MachineError),
        (WebBuildError("the page does not build"), WebBuildError),
        (ImportError("no tensorflow"), MachineError),
        (OSError("no disk"), OSError),
    ],
)
def test_what_is_the_machine_s_fault_leaves_no_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception]
) -> None:
    fail(monkeypatch, error)
    with pytest.raises(kind, match=str(error)):
        export_and_note(tmp_path / "model", tmp_path / "out", "key")
    assert not note_of(tmp_path / "out").exists()


def test_what_is_the_net_s_fault_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, ValueError("no such shape\nand more"))
    export_and_note(tmp_path / "model", tmp_path / "out", "key")
    noted = read_export(note_of(tmp_path / "out"), "key")
    assert noted is not None
    assert noted.refusal == Refusal(error="ValueError", message="no such shape")
