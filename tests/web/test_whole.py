"""The whole application in one visit: every view at work, and what it asked the network for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from playwright.sync_api import Browser

from tests.web.conftest import HAS_VERDICT, READY, Visit, visit

WEIGHTS = "**/models/**/weights.bin"
HAS_SCORE = "document.querySelector('#compare-score').checkVisibility()"


def test_every_view_at_work_asks_nobody_else_and_says_nothing_to_the_console(
    visited: Visit, clip: Path
) -> None:
    page = visited.page
    page.click("#live-on")
    visited.wait(HAS_VERDICT)
    visited.show("sample1.jpg")
    visited.wait(HAS_VERDICT)
    page.set_input_files("#files-input", clip)
    visited.wait("document.querySelector('.files-controls').checkVisibility()")
    visited.open("compare")
    visited.wait("document.querySelector('#compare-reference-file')")
    page.set_input_files("#compare-reference-file", clip)
    visited.wait("!document.querySelector('#compare-record').disabled")
    page.set_input_files("#compare-take-file", clip)
    visited.wait(HAS_SCORE)
    visited.open("about")
    visited.wait("document.querySelector('main table')")
    own = (visited.address, "blob:", "data:")
    assert [url for url in visited.requests if not url.startswith(own)] == []
    assert visited.console == []


def test_a_shard_that_never_comes_is_told_with_its_name(chromium: Browser, site: Path) -> None:
    with visit(chromium, site, routes={WEIGHTS: lambda route: route.abort()}) as visited:
        visited.wait("!document.querySelector('#fault').hidden")
        assert "cannot be loaded" in visited.fault()
        assert "weights.bin" in visited.fault()


def test_a_shard_that_never_came_can_be_asked_for_again(chromium: Browser, site: Path) -> None:
    with visit(chromium, site, routes={WEIGHTS: lambda route: route.abort()}) as visited:
        visited.wait("!document.querySelector('#fault').hidden")
        visited.page.unroute(WEIGHTS)
        visited.page.click("#again")
        visited.wait(f"{READY} && document.querySelector('#fault').hidden")


def test_where_no_backend_gives_the_known_answers_none_is_used_and_each_is_named(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    path = tmp_path / "site" / "manifest.json"
    manifest = json.loads(path.read_text())
    for model in manifest["models"]:
        model["selftest"]["outputs"] = [-each for each in model["selftest"]["outputs"]]
    path.write_text(json.dumps(manifest))
    with visit(chromium, tmp_path / "site") as visited:
        visited.wait("!document.querySelector('#fault').hidden", timeout_s=120)
        assert "gave the right answers" in visited.fault()
        assert "wasm" in visited.fault()
