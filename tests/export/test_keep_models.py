from __future__ import annotations

from pathlib import Path

from export.keep_models import is_export, keep_models


def test_other_models_are_carried_over(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    for name in ("one", "two"):
        (out / "models" / name).mkdir(parents=True)
        (out / "models" / name / "model.onnx").write_text(name)
    staging = tmp_path / "staging"
    assert keep_models(out, staging, ["one"]) == ["two"]
    assert (staging / "models" / "two" / "model.onnx").read_text() == "two"
    assert not (staging / "models" / "one").exists()


def test_only_a_folder_with_a_report_is_an_export(tmp_path: Path) -> None:
    assert not is_export(tmp_path)
    (tmp_path / "report.json").touch()
    assert is_export(tmp_path)
