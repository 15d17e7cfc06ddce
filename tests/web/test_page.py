"""The built site around its views, as a visitor has it, in a real Chromium."""

from __future__ import annotations

import itertools
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Route

from tests.web.conftest import READY, SUB_PATH, Gate, Visit, visit

TABS = ("live", "files", "compare", "about")
WIDTHS = (360, 390, 820, 1440)
WIDER = "document.documentElement.scrollWidth > innerWidth"
FOCUSED = "document.activeElement.id || document.activeElement.textContent"


@pytest.fixture
def stranger() -> Iterator[tuple[str, list[str]]]:
    """A server of another origin that lets anyone in, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_below_a_sub_path_and_without_headers_nothing_goes_wrong(visited: Visit) -> None:
    visited.wait(READY)
    for tab in TABS:
        visited.open(tab)
    assert visited.console == []
    own = (visited.address, "blob:", "data:")
    assert [url for url in visited.requests if not url.startswith(own)] == []
    assert any(SUB_PATH in url and url.endswith("weights.bin") for url in visited.requests)


def test_neither_window_nor_worker_can_reach_another_origin(
    visited: Visit, stranger: tuple[str, list[str]]
) -> None:
    address, asked = stranger
    visited.wait(READY)
    (worker,) = (each for each in visited.page.workers if each.url.startswith("blob:"))
    for place in (visited.page, worker):
        with pytest.raises(Error, match="Failed to fetch"):
            place.evaluate("url => fetch(url).then(() => null)", address)
    assert asked == []


def test_a_damaged_shard_is_told_and_never_used(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    (weights,) = (tmp_path / "site" / "models").rglob("weights.bin")
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    with visit(chromium, tmp_path / "site") as visited:
        visited.wait("!document.querySelector('#fault').hidden")
        assert "damaged" in visited.fault()
        assert "weights.bin" in visited.fault()


def test_a_shard_that_comes_at_the_second_try_is_enough(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    failures = iter([True])

    def fail_once(route: Route) -> None:
        route.abort() if next(failures, False) else route.continue_()

    with visit(chromium, site, routes={"**/weights.bin": fail_once}) as visited:
        visited.wait(READY)
        assert visited.fault() == ""


def test_a_visit_asks_for_nothing_of_tfjs(chromium: Browser, site: Path) -> None:
    with visit(chromium, site) as visited:
        visited.wait(READY)
        assert "simd" in visited.page.inner_text("#live-backend")
        assert [url for url in visited.requests if "later" in url or "tfjs" in url] == []


@pytest.mark.parametrize("backend", ["wasm", "wasm-plain"])
def test_where_our_kernels_do_not_start_the_page_takes_tfjs(
    chromium: Browser, site: Path, tmp_path: Path, backend: str
) -> None:
    assets = shutil.copytree(site, tmp_path / "site") / "assets"
    (worker,) = assets.glob("worker-*.js")
    # How both modules begin.
    worker.write_text(worker.read_text().replace("0061736d", "0061736e"))
    if backend == "wasm-plain":
        (simd,) = assets.rglob("*wasm-simd*.wasm")
        simd.unlink()
    with visit(chromium, tmp_path / "site") as visited:
        visited.wait(READY)
        assert visited.page.inner_text("#live-backend").strip() == backend


def test_the_page_can_be_used_before_the_model_has_come(chromium: Browser, site: Path) -> None:
    gate = Gate()
    with visit(chromium, site, routes={"**/weights.bin": gate.hold}) as visited:
        visited.wait("document.querySelector('#live-on')")
        visited.open("about")
        visited.open("live")
        visited.page.click("#live-on")
        visited.wait("document.querySelector('video').videoWidth > 0")
        assert not visited.page.evaluate(READY)
        gate.open()
        visited.wait(READY)


@pytest.mark.parametrize(("language", "word"), [("ko-KR", "실시간"), ("en-GB", "Live")])
def test_the_page_speaks_the_browsers_language(
    chromium: Browser, site: Path, language: str, word: str
) -> None:
    with visit(chromium, site, locale=language) as visited:
        assert visited.page.inner_text("#tab-live").strip() == word


def test_the_choice_of_languages_names_each_in_its_own_words(visited: Visit) -> None:
    visited.wait("document.querySelector('#language [value=ko]').text !== 'Korean'")
    assert visited.page.locator("#language option").all_inner_texts() == ["English", "한국어"]


def test_another_language_is_chosen_and_remembered(visited: Visit) -> None:
    visited.page.select_option("#language", "ko")
    assert visited.page.inner_text("#tab-live").strip() == "실시간"
    visited.page.reload()
    assert visited.page.inner_text("#tab-live").strip() == "실시간"
    assert visited.page.evaluate("document.documentElement.lang") == "ko"


def test_storage_that_is_refused_stops_nothing(chromium: Browser, site: Path) -> None:
    with visit(chromium, site) as visited:
        visited.page.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError'); } });"
        )
        visited.page.reload()
        visited.wait(READY)
        visited.page.select_option("#language", "ko")
        assert visited.page.inner_text("#tab-live").strip() == "실시간"
        assert visited.console == []


def test_a_tab_is_reached_and_opened_by_keyboard(visited: Visit) -> None:
    visited.wait("document.querySelector('#live-on')")
    visited.page.focus("#tab-files")
    visited.page.keyboard.press("Tab")
    assert visited.page.evaluate(FOCUSED) == "tab-compare"
    visited.page.keyboard.press("Enter")
    visited.wait("document.activeElement.id === 'main'")
    assert visited.page.evaluate("location.hash") == "#compare"


@pytest.mark.parametrize("language", ["ko-KR", "en-GB"])
def test_nothing_is_wider_than_the_window(chromium: Browser, site: Path, language: str) -> None:
    with visit(chromium, site, locale=language) as visited:
        visited.wait(READY)
        for width, tab in itertools.product(WIDTHS, TABS):
            visited.page.set_viewport_size({"width": width, "height": 900})
            visited.open(tab)
            visited.wait("document.querySelector('main').childElementCount > 0")
            assert not visited.page.evaluate(WIDER), f"{tab} at {width}"


def test_a_first_visit_without_weights_stays_below_120_kilobytes(
    chromium: Browser, site: Path
) -> None:
    with visit(chromium, site) as visited:
        visited.wait(READY)
        asked = {url.removeprefix(visited.address).partition("#")[0] for url in visited.requests}
    own = [name or "index.html" for name in asked if not name.startswith("blob:")]
    counted = [name for name in own if not name.endswith(".bin")]
    assert any(name.endswith(".js") for name in counted)
    assert sum(compressed_bytes(site / name) for name in counted) < 120_000


def compressed_bytes(file: Path) -> int:
    """As a host sends it that sends brotli."""
    sibling = file.with_name(f"{file.name}.br")
    return (sibling if sibling.is_file() else file).stat().st_size
