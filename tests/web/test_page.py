"""The built site with the shipped model, as a visitor has it, in a real Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.web.conftest import SUB_PATH, Visit, visit

READY = "!document.querySelector('#picture').disabled"
BARS = "document.querySelectorAll('#bars .bar').length"
HAS_VERDICT = f"{BARS} > 0 && !document.querySelector('#bars').classList.contains('idle')"
FAULT = "document.querySelector('#fault').hidden ? '' : document.querySelector('#fault').innerText"
TENSORS = "Number(document.querySelector('#meter').dataset.tensors)"


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


def test_a_photo_shows_a_verdict_and_seven_bars(visited: Visit) -> None:
    visited.wait(READY)
    visited.show("sample1.jpg")
    visited.wait(HAS_VERDICT)
    texts = visited.page.locator("#bars .bar").all_inner_texts()
    shares = [float(text.split()[-1].removesuffix("%")) for text in texts]
    assert len(shares) == 7
    assert sum(shares) == pytest.approx(100, abs=3.5)


def test_below_a_sub_path_and_without_headers_nothing_goes_wrong(visited: Visit) -> None:
    visited.wait(READY)
    visited.show("sample1.jpg")
    visited.wait(HAS_VERDICT)
    assert visited.console == []
    own = (visited.address, "blob:", "data:")
    assert [url for url in visited.requests if not url.startswith(own)] == []
    assert any(SUB_PATH in url and url.endswith("weights.bin") for url in visited.requests)


def test_neither_window_nor_worker_can_reach_another_origin(
    visited: Visit, stranger: tuple[str, list[str]]
) -> None:
    address, asked = stranger
    visited.wait(READY)
    (worker,) = visited.page.workers
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
        assert "damaged" in visited.page.evaluate(FAULT)
        assert "weights.bin" in visited.page.evaluate(FAULT)
        assert not visited.page.evaluate(READY)


def test_a_file_that_is_no_picture_is_told(visited: Visit, tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_bytes(b"no picture")
    visited.wait(READY)
    visited.page.set_input_files("#picture-file", tmp_path / "notes.jpg")
    visited.wait("!document.querySelector('#fault').hidden")
    assert "notes.jpg" in visited.page.evaluate(FAULT)


def test_stop_hands_the_focus_to_the_camera_button(visited: Visit) -> None:
    visited.wait(READY)
    visited.show("sample1.jpg")
    visited.wait(HAS_VERDICT)
    visited.page.focus("#stop")
    visited.page.keyboard.press("Enter")
    assert visited.page.evaluate("document.activeElement.id") == "camera"
    assert visited.page.evaluate("document.querySelector('#bars').classList.contains('idle')")


def test_faces_are_numbered_from_left_to_right_and_the_leading_one_is_chosen(
    visited: Visit,
) -> None:
    visited.wait(READY)
    visited.show("sample6.jpg")
    visited.wait(HAS_VERDICT)
    pressed = "[...document.querySelectorAll('#faces button')].map(b => b.ariaPressed)"
    assert visited.page.evaluate(pressed) == ["false", "false", "false", "true"]


def test_a_camera_is_followed_frame_by_frame_and_no_tensor_stays_behind(visited: Visit) -> None:
    visited.wait(READY)
    visited.page.click("#camera")
    visited.wait(HAS_VERDICT)
    before = visited.page.evaluate(TENSORS)
    visited.page.wait_for_timeout(3000)
    assert float(visited.page.inner_text("#rate")) > 0
    assert visited.page.evaluate(TENSORS) == before > 0
    assert visited.console == []


def test_a_clip_is_played_and_read(visited: Visit, clip: Path) -> None:
    visited.wait(READY)
    visited.page.set_input_files("#clip-file", clip)
    visited.wait(HAS_VERDICT)
    assert visited.page.evaluate(BARS) == 7
    assert visited.console == []


@pytest.mark.parametrize(("language", "word"), [("ko-KR", "카메라"), ("en-GB", "Camera")])
def test_the_page_speaks_the_browsers_language(
    chromium: Browser, site: Path, language: str, word: str
) -> None:
    with visit(chromium, site, locale=language) as visited:
        visited.wait(READY)
        assert visited.page.inner_text("#camera").strip() == word


@pytest.mark.parametrize("width", [360, 390, 820, 1440])
@pytest.mark.parametrize("language", ["ko-KR", "en-GB"])
def test_nothing_is_wider_than_the_window(
    chromium: Browser, site: Path, width: int, language: str
) -> None:
    with visit(chromium, site, locale=language) as visited:
        visited.wait(READY)
        visited.show("sample6.jpg", width=width)
        visited.wait(HAS_VERDICT)
        assert visited.page.evaluate("document.documentElement.scrollWidth") <= width
