from __future__ import annotations

from pathlib import Path

import pytest

from export.build_web import build_web, sources_hash
from face_detect.command import MachineError


@pytest.fixture
def web(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.ts").write_text("1")
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path


def test_a_changed_source_changes_the_hash(web: Path) -> None:
    before = sources_hash(web)
    (web / "src" / "main.ts").write_text("2")
    assert sources_hash(web) != before


def test_a_renamed_source_changes_the_hash(web: Path) -> None:
    before = sources_hash(web)
    (web / "src" / "main.ts").rename(web / "src" / "other.ts")
    assert sources_hash(web) != before


def test_what_is_built_or_installed_does_not(web: Path) -> None:
    before = sources_hash(web)
    for name in ("build", "node_modules"):
        (web / name).mkdir()
        (web / name / "file").write_text("new")
    assert sources_hash(web) == before


def test_a_page_whose_sources_are_the_same_is_kept(web: Path) -> None:
    (web / "build").mkdir()
    (web / "build" / ".sources").write_text(sources_hash(web))
    assert build_web(web) == web / "build"


def test_a_page_whose_packages_are_missing_says_so(web: Path) -> None:
    (web / "build").mkdir()
    with pytest.raises(MachineError, match="node_modules"):
        build_web(web)
