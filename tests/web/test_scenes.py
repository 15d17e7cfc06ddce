"""From scene to scene in the built site: nothing of the last one stays, or comes too late."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.conftest import Visit, visit
from tests.web.test_page import FAULT, HAS_VERDICT, READY

SPY = """() => {
    window.tracks = [];
    window.answer = () => {};
    const media = navigator.mediaDevices;
    const ask = media.getUserMedia.bind(media);
    media.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        window.tracks.push(...stream.getTracks());
        if (window.prompting) await new Promise((resolve) => { window.answer = resolve; });
        return stream;
    };
}"""
LIVE = "tracks.filter(({ readyState }) => readyState === 'live').length"
FRAMES = "Number(document.querySelector('#rate').innerText) > 0"
HOLD_FIRST_PICTURE = """() => {
    const read = window.createImageBitmap.bind(window);
    const release = new Promise((resolve) => { window.release = resolve; });
    let first = true;
    window.createImageBitmap = async (source) => {
        const held = first;
        first = false;
        if (held) await release;
        return read(source);
    };
}"""


@pytest.fixture
def watched(visited: Visit) -> Visit:
    """The page, ready, whose cameras are counted."""
    visited.wait(READY)
    visited.page.evaluate(SPY)
    return visited


def test_stop_while_the_prompt_is_up_keeps_the_camera_off(watched: Visit) -> None:
    watched.page.evaluate("window.prompting = true")
    watched.page.click("#camera")
    watched.wait("tracks.length === 1")
    watched.page.click("#stop")
    watched.page.evaluate("answer()")
    watched.wait(f"{LIVE} === 0", timeout_s=5)
    assert watched.page.evaluate(FAULT) == ""
    assert watched.page.is_visible("#empty")


def test_stop_just_after_the_camera_came_on_turns_it_off(watched: Visit) -> None:
    watched.page.evaluate(
        "document.querySelector('#camera').click();"
        "new Promise((resolve) => setTimeout(resolve, 50))"
        ".then(() => document.querySelector('#stop').click())"
    )
    watched.wait(f"tracks.length === 1 && {LIVE} === 0", timeout_s=5)
    assert watched.page.evaluate(FAULT) == ""


def test_a_double_click_on_camera_turns_one_camera_on(watched: Visit) -> None:
    watched.page.dblclick("#camera")
    watched.wait(HAS_VERDICT)
    assert watched.page.evaluate(f"[tracks.length, {LIVE}]") == [2, 1]
    assert watched.page.evaluate(FAULT) == ""


def test_the_camera_makes_room_for_a_picture_and_comes_back(watched: Visit) -> None:
    for _ in range(2):
        watched.page.click("#camera")
        watched.wait(FRAMES)
        watched.show("sample1.jpg")
        watched.wait(f"{LIVE} === 0")
        watched.wait(HAS_VERDICT)
    assert watched.page.evaluate(FAULT) == ""
    assert watched.console == []


def test_a_camera_that_is_unplugged_is_told(watched: Visit) -> None:
    watched.page.click("#camera")
    watched.wait(FRAMES)
    # A track that ends by itself says so; one that is stopped does not.
    watched.page.evaluate("tracks[0].dispatchEvent(new Event('ended'))")
    assert "ended" in watched.page.evaluate(FAULT)
    assert watched.page.evaluate(LIVE) == 0


def test_of_two_pictures_the_later_one_is_shown(watched: Visit) -> None:
    watched.page.evaluate(HOLD_FIRST_PICTURE)
    watched.show("sample6.jpg")
    watched.show("sample1.jpg")
    watched.wait(HAS_VERDICT)
    shown = watched.page.evaluate("document.querySelector('#still').toDataURL()")
    watched.page.evaluate("release()")
    watched.page.wait_for_timeout(1000)
    assert watched.page.evaluate("document.querySelector('#still').toDataURL()") == shown


def test_without_its_simd_build_the_page_takes_the_plain_one(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    (simd,) = (tmp_path / "site" / "assets").glob("*wasm-simd*.wasm")
    simd.unlink()
    with visit(chromium, tmp_path / "site") as visited:
        visited.wait(READY)
        visited.show("sample1.jpg")
        visited.wait(HAS_VERDICT)
        assert visited.page.evaluate(FAULT) == ""
        assert "wasm: it does not start" in visited.page.inner_text("#facts")


def test_a_missing_file_that_comes_back_needs_only_another_try(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    weights = tmp_path / "site" / "detector" / "weights.bin"
    away = weights.rename(tmp_path / "weights.bin")
    with visit(chromium, tmp_path / "site") as visited:
        visited.wait("!document.querySelector('#fault').hidden")
        told = visited.page.evaluate(FAULT)
        # A picture that is dropped now must not hide the way out.
        visited.show("sample1.jpg")
        visited.page.wait_for_timeout(300)
        assert visited.page.evaluate(FAULT) == told
        away.rename(weights)
        visited.page.click("#again")
        visited.wait(READY)
        visited.show("sample1.jpg")
        visited.wait(HAS_VERDICT)
