from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from export.build_once import WebBuildError, build_once, files_below, hash_of, run_builder


@pytest.fixture
def made(tmp_path: Path) -> list[str]:
    """What was built, in order; the folder to build in is beside."""
    (tmp_path / "build").mkdir()
    return []


def test_it_is_built_when_its_sources_are_others_and_only_then(
    tmp_path: Path, made: list[str]
) -> None:
    for wanted in ("one", "one", "two"):
        build_once(tmp_path / "build", wanted, partial(made.append, wanted))
    assert made == ["one", "two"]


def test_what_failed_is_built_again(tmp_path: Path, made: list[str]) -> None:
    def fail() -> None:
        raise WebBuildError("no")

    with pytest.raises(WebBuildError):
        build_once(tmp_path / "build", "one", fail)
    build_once(tmp_path / "build", "one", lambda: made.append("one"))
    assert made == ["one"]


def test_a_hash_is_of_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text("1")
    first = hash_of(tmp_path, files_below([tmp_path]))
    (tmp_path / "a.ts").rename(tmp_path / "b.ts")
    assert hash_of(tmp_path, files_below([tmp_path])) != first


def test_a_builder_that_fails_is_quoted(tmp_path: Path) -> None:
    script = "print('npm notice'); print('no such file: x.ts'); raise SystemExit(1)"
    with pytest.raises(WebBuildError, match="build: no such file: x"):
        run_builder([sys.executable, "-c", script], tmp_path, "the page")
