from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_folder_with_our_report_and_a_site_is_an_export(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "manifest.json").touch()
    assert not is_export(tmp_path)
    (tmp_path / "report.json").write_text('{"version": 1, "models": [], "site": {}}')
    assert is_export(tmp_path)


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2}', '{"models": 1, "pages": 3}'])
def test_somebody_elses_report_does_not_make_a_folder_ours(tmp_path: Path, text: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "manifest.json").touch()
    (tmp_path / "report.json").write_text(text)
    assert not is_export(tmp_path)


def test_a_report_without_a_site_does_not_either(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text('{"version": 1, "models": [], "site": {}}')
    assert not is_export(tmp_path)
