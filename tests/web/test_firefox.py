"""The built site in Firefox, where there is one, below a sub-path of a plain server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from export.serve import serve
from tests.web.conftest import DEMO, READY, SUB_PATH, Visit
from benchmarks.firefox import Firefox, find_firefox, firefox

TABS = ("files", "compare", "about", "live")
SHARES = "[...document.querySelectorAll('.bars:not(.idle) .bar')].map((b) => b.innerText).join('|')"
OPENED = "document.querySelector('main').childElementCount > 0"
CLOSE_PERCENT = 2
"""Decoders of JPEG differ by a step in places; the page shows whole percents."""

EXECUTABLE = find_firefox()
pytestmark = pytest.mark.skipif(EXECUTABLE is None, reason="no Firefox is installed here")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(str(EXECUTABLE), tmp_path_factory.mktemp("firefox") / "profile") as browser:
        yield browser


@pytest.fixture
def fox(started: Firefox, site: Path) -> Iterator[Firefox]:
    """Firefox on the page, once its model runs."""
    with serve({SUB_PATH: site}) as server:
        started.visit(f"{server}{SUB_PATH}/#files")
        started.wait(f"document.querySelector('#files-input') && {READY}", timeout_s=120)
        yield started
        started.leave()


def percents(said: str) -> list[int]:
    return [int(bar.split()[-1].removesuffix("%")) for bar in said.split("|")]


def test_every_view_opens_and_nothing_is_said_or_asked_of_another_origin(fox: Firefox) -> None:
    for tab in TABS:
        fox.click(f"#tab-{tab}")
        fox.wait(f"document.querySelector('#tab-{tab}').ariaCurrent === 'page' && {OPENED}")
    own = (f"{fox.evaluate('location.origin')}{SUB_PATH}/", "blob:", "data:")
    assert [url for url in fox.requests if not url.startswith(own)] == []
    assert any(url.endswith("weights.bin") for url in fox.requests)
    assert fox.console == []


def test_a_request_to_another_origin_is_stopped_and_heard(fox: Firefox) -> None:
    refused = "fetch('http://127.0.0.1:65000/').then(() => 'let through', () => 'refused')"
    assert fox.evaluate(refused) == "refused"
    assert "Content-Security-Policy" in fox.wait_for_line()


def test_a_photo_gets_the_answer_that_it_gets_in_chromium(fox: Firefox, visited: Visit) -> None:
    fox.set_files("#files-input", [DEMO / "sample1.jpg"])
    visited.show("sample1.jpg")
    for browser in (fox, visited):
        browser.wait(f"{SHARES} !== ''")
    expected = percents(visited.page.evaluate(SHARES))
    assert percents(fox.evaluate(SHARES)) == pytest.approx(expected, abs=CLOSE_PERCENT)
    assert len(expected) == 7
    assert fox.console == []


def test_a_clip_is_read_to_its_end(fox: Firefox, clip: Path) -> None:
    fox.set_files("#files-input", [clip])
    fox.wait("document.querySelector('#files-csv')?.checkVisibility()")
    assert fox.evaluate("document.querySelector('#fault').hidden")
    assert fox.console == []
