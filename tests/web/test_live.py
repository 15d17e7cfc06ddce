"""The Live view of the built site with Chromium's fake camera."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser

from benchmarks.film import camera_flags, write_camera
from export.browser import FLAGS
from export.chromium import find_chromium
from face_detect.media import read_picture
from tests.web.conftest import DEMO, FAULT, HAS_VERDICT, READY, Visit, visit

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
# Two names for one camera; the second is always taken.
CAMERAS = """() => {
    const media = navigator.mediaDevices;
    const ask = media.getUserMedia.bind(media);
    const names = ['first', 'second'];
    media.enumerateDevices = async () =>
        names.map((label) => ({ kind: 'videoinput', deviceId: label, label }));
    media.getUserMedia = async ({ video }) => {
        if (video.deviceId?.exact === 'second') throw new DOMException('', 'NotReadableError');
        return ask({ video: true });
    };
}"""
LIVE = "tracks.filter(({ readyState }) => readyState === 'live').length"
RESULTS = "Number(document.querySelector('#live-rate').innerText) > 0"
VIDEO = "document.querySelector('video')"
PRESSED = "document.querySelectorAll('.face-choice button')[%d - 1].ariaPressed === 'true'"
TENSORS = "Number(document.querySelector('.live').dataset.tensors)"
REFUSED = """() => {
    navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '%s'); };
}"""


@pytest.fixture
def watched(visited: Visit) -> Visit:
    """The page, ready, whose cameras are counted."""
    visited.wait(READY)
    visited.page.evaluate(SPY)
    return visited


def test_a_face_shows_a_verdict_and_seven_bars(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(HAS_VERDICT)
    texts = watched.page.locator(".bar").all_inner_texts()
    shares = [float(text.split()[-1].removesuffix("%")) for text in texts]
    assert len(shares) == 7
    assert sum(shares) == pytest.approx(100, abs=3.5)


def test_frame_after_frame_no_tensor_stays_behind(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(HAS_VERDICT)
    before = watched.page.evaluate(TENSORS)
    watched.page.evaluate("window.first = document.querySelector('#live-latency').innerText")
    watched.wait("document.querySelector('#live-latency').innerText !== first")
    assert watched.page.evaluate(TENSORS) == before > 0
    assert watched.console == []


def test_the_curves_code_is_fetched_when_there_is_something_to_draw(watched: Visit) -> None:
    assert not any("curves_chart" in url for url in watched.requests)
    watched.page.click("#live-on")
    watched.wait("document.querySelector('.live-curves:not([hidden]) canvas') !== null")
    assert any("curves_chart" in url for url in watched.requests)


def test_pause_holds_the_picture_and_the_results(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.page.click("#live-pause")
    assert watched.page.evaluate("document.querySelector('video').paused")
    assert watched.page.evaluate(LIVE) == 1
    watched.page.click("#live-pause")
    watched.wait("!document.querySelector('video').paused")


def test_a_snapshot_is_a_picture_as_large_as_the_cameras(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(HAS_VERDICT)
    with watched.page.expect_download() as download:
        watched.page.click("#live-snapshot")
    assert download.value.suggested_filename.endswith(".png")
    header = Path(download.value.path()).read_bytes()[16:24]
    size = [int.from_bytes(header[i : i + 4], "big") for i in (0, 4)]
    assert size == watched.page.evaluate("(v => [v.videoWidth, v.videoHeight])(" + VIDEO + ")")


def test_what_was_recorded_is_saved_a_row_for_each_result(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.page.click("#live-record")
    watched.wait("document.querySelector('#live-record').innerText.includes('1 s')")
    watched.page.click("#live-record")
    said = watched.page.inner_text("#live-recorded")
    with watched.page.expect_download() as download:
        watched.page.click("#live-recorded button")
    with Path(download.value.path()).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert f"{len({row['time_s'] for row in rows})} results" in said
    assert float(rows[0]["time_s"]) == 0


def test_what_was_recorded_can_be_saved_when_the_camera_is_off(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.page.click("#live-record")
    watched.wait("document.querySelector('#live-record').innerText.includes('1 s')")
    watched.page.click("#live-off")
    with watched.page.expect_download() as download:
        watched.page.click("#live-recorded button")
    assert download.value.suggested_filename.endswith(".csv")


def test_turned_off_the_camera_is_off_and_the_focus_where_it_turns_on(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.page.focus("#live-off")
    watched.page.keyboard.press("Enter")
    assert watched.page.evaluate("document.activeElement.id") == "live-on"
    assert watched.page.evaluate(LIVE) == 0


def test_another_tab_turns_the_camera_off(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.open("about")
    watched.wait(f"{LIVE} === 0")


def test_another_language_turns_the_camera_off_and_keeps_the_focus(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.page.select_option("#language", "ko")
    watched.wait(f"{LIVE} === 0")
    assert watched.page.evaluate("document.activeElement.id") == "language"
    assert watched.console == []


def test_a_tab_whose_code_does_not_come_is_told_and_opens_at_the_next_try(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.page.route("**/about_view*.js", lambda route: route.abort())
    watched.open("about")
    watched.wait("!document.querySelector('#fault').hidden")
    assert "cannot be loaded" in watched.fault()
    assert watched.page.evaluate(LIVE) == 0
    watched.page.unroute("**/about_view*.js")
    watched.page.click("#again")
    watched.wait("document.querySelector('.about')")
    assert watched.fault() == ""


def test_turned_on_twice_at_once_one_camera_is_on(watched: Visit) -> None:
    watched.page.evaluate(
        "['#live-on', '#live-on'].map((id) => document.querySelector(id).click())"
    )
    watched.wait(RESULTS)
    assert watched.page.evaluate(LIVE) == 1
    assert watched.fault() == ""


def test_leaving_while_the_prompt_is_up_keeps_the_camera_off(watched: Visit) -> None:
    watched.page.evaluate("window.prompting = true")
    watched.page.click("#live-on")
    watched.wait("tracks.length === 1")
    watched.open("about")
    watched.page.evaluate("answer()")
    watched.wait(f"{LIVE} === 0")
    assert watched.fault() == ""


def test_a_camera_that_is_unplugged_is_told(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    # A track that ends by itself says so; one that is stopped does not.
    watched.page.evaluate("tracks[0].dispatchEvent(new Event('ended'))")
    assert "has gone" in watched.fault()
    assert watched.page.evaluate(LIVE) == 0


def test_a_camera_that_another_program_has_is_told(watched: Visit) -> None:
    watched.page.evaluate(REFUSED % "NotReadableError")
    watched.page.click("#live-on")
    watched.wait("!document.querySelector('#fault').hidden")
    assert "another program" in watched.fault()


def test_where_one_camera_is_taken_another_can_be_chosen(watched: Visit) -> None:
    watched.page.evaluate(CAMERAS)
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    watched.page.select_option("#live-device", "second")
    watched.wait("!document.querySelector('#fault').hidden")
    watched.page.select_option("#live-device", "first")
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    assert watched.fault() == ""


def test_without_a_model_the_way_to_try_again_outlasts_other_faults(
    chromium: Browser, site: Path
) -> None:
    with visit(chromium, site, routes={"**/manifest.json": lambda route: route.abort()}) as visited:
        visited.wait("!document.querySelector('#fault').hidden")
        visited.page.evaluate(REFUSED % "NotReadableError")
        visited.page.click("#live-on")
        visited.wait(f"({FAULT}).includes('another program')")
        visited.open("files")
        visited.page.unroute("**/manifest.json")
        visited.page.click("#again")
        visited.wait(READY)
        assert visited.fault() == ""


def test_each_of_several_faces_can_be_chosen_while_the_camera_is_paused(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    crowd = cv2.resize(read_picture(DEMO / "sample6.jpg"), (640, 480)).astype(np.uint8)
    write_camera(tmp_path / "crowd.y4m", [crowd, crowd])
    with (
        other_chromium(chromium, *camera_flags(tmp_path / "crowd.y4m")) as browser,
        visit(browser, site) as visited,
    ):
        visited.page.click("#live-on")
        visited.wait("document.querySelectorAll('.face-choice button').length > 2")
        visited.page.click("#live-pause")
        for number in (2, 3):
            choice = visited.page.get_by_role("button", name=f"Face {number}")
            choice.click()
            visited.wait(PRESSED % number)


def test_a_camera_that_is_denied_is_told(chromium: Browser, site: Path) -> None:
    with other_chromium(chromium, "--use-fake-device-for-media-stream") as asking:
        session = asking.new_browser_cdp_session()
        denied = {"permission": {"name": "camera"}, "setting": "denied"}
        session.send("Browser.setPermission", denied)
        with visit(asking, site) as visited:
            visited.page.click("#live-on")
            visited.wait("!document.querySelector('#fault').hidden")
            assert "blocked" in visited.fault()


def test_a_machine_without_a_camera_is_told(chromium: Browser, site: Path) -> None:
    with (
        other_chromium(chromium, "--use-fake-ui-for-media-stream") as bare,
        visit(bare, site) as visited,
    ):
        visited.page.click("#live-on")
        visited.wait("!document.querySelector('#fault').hidden")
        assert "No camera was found" in visited.fault()


@contextlib.contextmanager
def other_chromium(chromium: Browser, *flags: str) -> Iterator[Browser]:
    """Without the fake camera that always may be used."""
    launch = chromium.browser_type.launch
    browser = launch(executable_path=find_chromium(), args=[*FLAGS, *flags])
    yield browser
    browser.close()


def test_a_worker_that_dies_is_started_again(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    (worker,) = (each for each in watched.page.workers if each.url.startswith("blob:"))
    worker.evaluate("setTimeout(() => { throw new Error('planted'); })")
    watched.wait(f"!({READY})")
    watched.wait(f"{READY} && {HAS_VERDICT}")
    assert watched.fault() == ""


def test_a_worker_that_dies_again_is_told_and_can_be_started_by_hand(watched: Visit) -> None:
    for _ in range(2):
        (worker,) = (each for each in watched.page.workers if each.url.startswith("blob:"))
        worker.evaluate("setTimeout(() => { throw new Error('planted'); })")
        watched.wait(f"!({READY}) || !document.querySelector('#fault').hidden")
        watched.wait(READY)
    watched.wait("!document.querySelector('#fault').hidden")
    assert "stopped twice" in watched.fault()
    watched.page.click("#again")
    watched.wait(f"{READY} && document.querySelector('#fault').hidden")


def test_a_page_that_slept_goes_on(watched: Visit) -> None:
    watched.page.click("#live-on")
    watched.wait(RESULTS)
    session = watched.page.context.new_cdp_session(watched.page)
    for state in ("frozen", "active"):
        session.send("Page.setWebLifecycleState", {"state": state})
    watched.page.evaluate("window.first = document.querySelector('#live-latency').innerText")
    watched.wait("document.querySelector('#live-latency').innerText !== first")
    assert watched.fault() == ""
