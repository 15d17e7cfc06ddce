"""A reference and a take in the built site: from choosing, over the camera, to the score."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser

from face_detect.crop import Pixels
from face_detect.media import read_picture
from tests.web.conftest import DEMO, Visit, visit

RATE_HZ = 30
TAKE_IS_ASKED_FOR = "!document.querySelector('#compare-record').disabled"
SCORE = "Number(document.querySelector('#compare-score').innerText)"
HAS_SCORE = "document.querySelector('#compare-score').checkVisibility()"
PROBLEM = "document.querySelector('.compare-problem').innerText"
TIMES = "[...document.querySelectorAll('.compare video')].map((video) => video.currentTime)"
LASTING = "(card => document.querySelector(`#compare-${card} video`).duration)"
WATCH_CAMERAS = """() => {
    window.tracks = [];
    const media = navigator.mediaDevices;
    const ask = media.getUserMedia.bind(media);
    media.getUserMedia = async (wish) => {
        const stream = await ask(wish);
        window.tracks.push(...stream.getTracks());
        return stream;
    };
}"""
CAMERAS_ON = "tracks.filter(({ readyState }) => readyState === 'live').length"


def _visible(selector: str) -> str:
    return f"document.querySelector('{selector}').checkVisibility()"


@pytest.fixture(scope="module")
def faces() -> dict[str, Pixels]:
    """Two people who do not feel the same, and nobody."""
    one = read_picture(DEMO / "sample1.jpg")
    other = read_picture(DEMO / "sample2.jpg")[100:580, 900:1540]
    return {
        "A": np.asarray(cv2.resize(one, (960, 640))[80:560, 150:790], np.uint8),
        "B": np.ascontiguousarray(other),
        "-": np.full((480, 640, 3), 90, np.uint8),
    }


def _film(path: Path, faces: dict[str, Pixels], scenes: Sequence[tuple[str, float]]) -> Path:
    """Who is seen for how many seconds, one after the other."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"VP80"), RATE_HZ, (640, 480))
    for who, seconds in scenes:
        frame = cv2.cvtColor(faces[who], cv2.COLOR_RGB2BGR)
        for _ in itertools.repeat(None, round(seconds * RATE_HZ)):
            writer.write(frame)
    writer.release()
    return path


@pytest.fixture(scope="module")
def scene(faces: dict[str, Pixels], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scene") / "scene.webm"
    return _film(path, faces, [("A", 0.8), ("B", 0.8), ("A", 0.8)])


@pytest.fixture(scope="module")
def hasty(faces: dict[str, Pixels], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, but what comes second goes too early."""
    path = tmp_path_factory.mktemp("hasty") / "hasty.webm"
    return _film(path, faces, [("A", 0.8), ("B", 0.5), ("A", 1.1)])


@pytest.fixture(scope="module")
def nobody(faces: dict[str, Pixels], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _film(tmp_path_factory.mktemp("nobody") / "nobody.webm", faces, [("-", 1)])


@pytest.fixture
def compared(chromium: Browser, site: Path, scene: Path) -> Iterator[Visit]:
    """The page with a reference that has been read, and with its cameras watched."""
    with visit(chromium, site, tab="compare") as visited:
        _give_reference(visited, scene)
        visited.page.evaluate(WATCH_CAMERAS)
        yield visited


def _give_reference(visited: Visit, clip: Path) -> None:
    visited.wait("document.querySelector('#compare-reference-file') !== null")
    visited.page.set_input_files("#compare-reference-file", clip)
    visited.wait(TAKE_IS_ASKED_FOR)


def _give_take(visited: Visit, clip: Path) -> None:
    visited.page.set_input_files("#compare-take-file", clip)
    visited.wait(HAS_SCORE)


def _begin_recording(visited: Visit) -> None:
    visited.page.click("#compare-record")
    visited.wait(_visible("#compare-start"))
    visited.page.click("#compare-start")
    visited.wait(_visible("#compare-stop"))


def test_the_same_clip_scores_100_with_certainty(compared: Visit, scene: Path) -> None:
    _give_take(compared, scene)
    assert compared.page.evaluate(SCORE) == 100
    assert int(compared.page.inner_text("#compare-certainty").removesuffix("%")) >= 95
    assert compared.fault() == ""
    assert compared.console == []


def test_a_recorded_take_gets_a_score_and_plays_beside_the_reference(compared: Visit) -> None:
    _begin_recording(compared)
    assert compared.page.evaluate(CAMERAS_ON) == 1
    compared.wait(HAS_SCORE)
    assert compared.page.evaluate(CAMERAS_ON) == 0
    compared.page.click("#compare-play")
    compared.wait(f"{TIMES}.every((time_s) => time_s > 0.3)")
    assert compared.fault() == ""
    assert compared.console == []


def test_a_recording_can_be_kept_and_says_how_long_it_is(compared: Visit, tmp_path: Path) -> None:
    _begin_recording(compared)
    compared.wait(HAS_SCORE)
    with compared.page.expect_download() as coming:
        compared.page.click("#compare-save")
    coming.value.save_as(tmp_path / "take.webm")
    capture = cv2.VideoCapture(str(tmp_path / "take.webm"))
    seen, _ = capture.read()
    capture.release()
    assert seen
    # As the recorder writes it, its length is not told, and infinite to the page.
    compared.wait(f"{LASTING}('take') > 0 && {LASTING}('take') < 60")


def test_done_ends_a_recording_before_the_reference_does(compared: Visit) -> None:
    _begin_recording(compared)
    compared.wait("document.querySelector('#compare-reference video').currentTime > 0.5")
    compared.page.click("#compare-stop")
    compared.wait(HAS_SCORE)
    compared.wait(f"{LASTING}('take') < {LASTING}('reference')")


def test_cancel_while_recording_turns_the_camera_off(compared: Visit) -> None:
    _begin_recording(compared)
    compared.page.click("#compare-leave-camera")
    compared.wait(f"tracks.length === 1 && {CAMERAS_ON} === 0", timeout_s=5)
    assert compared.page.is_visible("#compare-record")
    assert not compared.page.evaluate(HAS_SCORE)
    assert compared.fault() == ""


def test_leaving_for_another_view_turns_the_camera_off(compared: Visit) -> None:
    _begin_recording(compared)
    compared.open("about")
    compared.wait(f"tracks.length === 1 && {CAMERAS_ON} === 0", timeout_s=5)


def test_forgiving_no_timing_costs_points_at_once(compared: Visit, hasty: Path) -> None:
    _give_take(compared, hasty)
    forgiven = compared.page.evaluate(SCORE)
    compared.page.fill("#compare-band", "0")
    compared.wait(f"{SCORE} < {forgiven} - 5", timeout_s=10)


def test_the_file_holds_the_score_and_both_curves(compared: Visit, hasty: Path) -> None:
    _give_take(compared, hasty)
    with compared.page.expect_download() as coming:
        compared.page.click("#compare-download")
    found = json.loads(coming.value.path().read_text(encoding="utf-8"))
    assert round(found["score"]) == compared.page.evaluate(SCORE)
    assert list(found)[:6] == ["score", "certainty", "offset_s", "emotions", "seconds", "path"]
    for clip in (found["reference"], found["take"]):
        assert len(clip["times_s"]) == len(clip["probabilities"]) == 2.4 * RATE_HZ


def test_another_take_keeps_the_reference_and_the_score_of_the_first(
    compared: Visit, scene: Path, hasty: Path
) -> None:
    _give_take(compared, hasty)
    compared.page.set_input_files("#compare-take-file", scene)
    compared.wait("document.querySelectorAll('.compare-history li').length === 2")
    assert compared.page.evaluate(SCORE) == 100


@pytest.mark.parametrize(("language", "word"), [("en-GB", "no face"), ("ko-KR", "얼굴")])
def test_a_take_without_a_face_gets_a_sentence_and_no_score(
    chromium: Browser, site: Path, scene: Path, nobody: Path, language: str, word: str
) -> None:
    with visit(chromium, site, locale=language, tab="compare") as visited:
        _give_reference(visited, scene)
        visited.page.set_input_files("#compare-take-file", nobody)
        visited.wait(f"{PROBLEM} !== ''")
        assert word in visited.page.evaluate(PROBLEM)
        assert not visited.page.evaluate(HAS_SCORE)


def test_a_file_that_is_no_clip_is_told_and_the_reference_stays(
    compared: Visit, tmp_path: Path, scene: Path
) -> None:
    (tmp_path / "notes.webm").write_bytes(b"no clip")
    compared.page.set_input_files("#compare-reference-file", tmp_path / "notes.webm")
    compared.wait("!document.querySelector('#fault').hidden")
    _give_take(compared, scene)
    assert compared.page.evaluate(SCORE) == 100


def test_korean_fits_a_phone_from_the_first_choice_to_the_score(
    chromium: Browser, site: Path, scene: Path
) -> None:
    with visit(chromium, site, locale="ko-KR", tab="compare") as visited:
        visited.page.set_viewport_size({"width": 390, "height": 844})
        width = "document.documentElement.scrollWidth"
        _give_reference(visited, scene)
        assert visited.page.evaluate(width) <= 390
        visited.page.click("#compare-record")
        visited.wait(_visible("#compare-start"))
        assert visited.page.evaluate(width) <= 390
        visited.page.click("#compare-leave-camera")
        _give_take(visited, scene)
        assert visited.page.evaluate(width) <= 390
