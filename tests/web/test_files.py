"""Photos and clips, as a visitor brings them, in a real Chromium."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cv2
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from face_detect.crop import Pixels
from tests.web.conftest import DEMO, Gate, Visit, visit
from train.trace_file import read_trace

STATES = "[...document.querySelectorAll('.files-entry')].map(entry => entry.dataset.state)"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def opened(chromium: Browser, site: Path) -> Iterator[Visit]:
    """One page for all of these tests, for a model takes its time."""
    with visit(chromium, site) as seen:
        seen.open("files")
        yield seen


@pytest.fixture
def files(opened: Visit) -> Iterator[Visit]:
    """The page without a file; whatever a test does, the page has nothing to complain of."""
    yield opened
    while opened.page.locator(".files-remove").count():
        opened.page.locator(".files-remove").first.click()
    assert opened.console == []


@pytest.fixture(scope="session")
def alone(frames: list[Pixels], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of one face."""
    path = tmp_path_factory.mktemp("alone") / "take.webm"
    _write(path, [np.ascontiguousarray(frame[:, :320]) for frame in frames] * 6)
    return path


@pytest.fixture(scope="session")
def long(frames: list[Pixels], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds, so that there is time to do something else meanwhile."""
    path = tmp_path_factory.mktemp("long") / "long.webm"
    _write(path, [cv2.resize(frame, (160, 120)).astype(np.uint8) for frame in frames] * 60)
    return path


def _write(path: Path, frames: list[Pixels]) -> None:
    height, width = frames[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"VP80"), 30, (width, height))
    for frame in frames:
        writer.write(cv2.cvtColor(frame, cv2.COLOR_RGB2BGR))
    writer.release()


def _bring(seen: Visit, *paths: Path, states: list[str] | None = None) -> None:
    """Choose files, and wait until they are read."""
    seen.page.set_input_files("#files-input", paths)
    expected = states or ["done"] * len(paths)
    seen.wait(f"JSON.stringify({STATES}) === '{json.dumps(expected, separators=(',', ':'))}'")


def _saved(seen: Visit, button: str, folder: Path) -> Path:
    with seen.page.expect_download() as download:
        seen.page.click(button)
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _document(seen: Visit, button: str, folder: Path) -> Any:
    return json.loads(_saved(seen, button, folder).read_text("utf-8"))


def test_a_file_that_is_no_picture_is_told_and_the_others_are_read(
    files: Visit, tmp_path: Path
) -> None:
    (tmp_path / "photo.heic").write_bytes(b"no picture")
    pictures = (DEMO / "sample1.jpg", tmp_path / "photo.heic", DEMO / "sample6.jpg")
    _bring(files, *pictures, states=["done", "fault", "done"])
    files.page.locator(".files-choose").nth(1).click()
    assert "photo.heic: This file cannot be read" in files.page.inner_text(".files-note")


def test_a_clip_that_the_browser_does_not_know_is_told(files: Visit, tmp_path: Path) -> None:
    (tmp_path / "take.mp4").write_bytes(b"no clip")
    _bring(files, tmp_path / "take.mp4", states=["fault"])
    assert "take.mp4: This clip cannot be played" in files.page.inner_text(".files-note")


def test_a_photo_of_a_camera_held_upright_is_read_upright(files: Visit, tmp_path: Path) -> None:
    picture = Image.open(DEMO / "sample1.jpg").resize((960, 640))
    picture.save(tmp_path / "a.jpg", quality=95)
    turned = Image.Exif()
    turned[0x0112] = 6  # to be shown a quarter turn further
    picture.rotate(90, expand=True).save(tmp_path / "b.jpg", quality=95, exif=turned)
    _bring(files, tmp_path / "a.jpg", tmp_path / "b.jpg")
    found = _document(files, "#files-pictures-json", tmp_path)["pictures"]
    assert [photo["source"]["width"] for photo in found] == [960, 960]
    upright, turned_back = (
        np.array([list(face["box"].values()) for face in photo["faces"]]) for photo in found
    )
    assert np.abs(upright - turned_back).max() < 8
    files.page.locator(".files-choose").nth(1).click()
    files.wait("document.querySelector('.stage canvas:not([hidden])').width === 960")


def test_a_tiny_and_a_huge_picture_are_read(files: Visit, tmp_path: Path) -> None:
    picture = Image.open(DEMO / "sample1.jpg")
    picture.resize((8, 8)).save(tmp_path / "tiny.png")
    picture.resize((12_000, 9_000)).save(tmp_path / "huge.jpg", quality=70)
    _bring(files, tmp_path / "tiny.png", tmp_path / "huge.jpg")
    found = _document(files, "#files-pictures-json", tmp_path)["pictures"]
    assert [len(photo["faces"]) for photo in found] == [0, 3]
    files.page.locator(".files-choose").nth(1).click()
    files.wait("document.querySelector('.stage canvas:not([hidden])').width === 1920")


def test_all_pictures_are_saved_together(files: Visit, tmp_path: Path) -> None:
    _bring(files, DEMO / "sample1.jpg", DEMO / "sample6.jpg")
    text = _saved(files, "#files-pictures-csv", tmp_path).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["source"] for row in rows] == ["sample1.jpg"] * 3 + ["sample6.jpg"] * 4
    assert all(row["time_s"] == "" and float(row["emotion.happy"]) <= 1 for row in rows)


def test_a_face_is_chosen_by_its_number_and_by_its_box(files: Visit) -> None:
    _bring(files, DEMO / "sample1.jpg")
    pressed = "[...document.querySelectorAll('.face-choice button')].map(b => b.ariaPressed)"
    files.page.locator(".face-choice button").nth(1).click()
    assert files.page.evaluate(pressed) == ["false", "true", "false"]
    view = files.page.locator(".stage-view").bounding_box()
    assert view
    # The rightmost of the three, in a picture of 1920 × 1280.
    at = {"x": view["width"] * 0.82, "y": view["height"] * 0.27}
    files.page.locator(".stage-view").click(position=at)  # type: ignore[arg-type]
    assert files.page.evaluate(pressed) == ["false", "false", "true"]


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_python_reads_back_what_was_read_of_a_clip(
    files: Visit, alone: Path, tmp_path: Path, kind: str
) -> None:
    _bring(files, alone)
    trace = read_trace(_saved(files, f"#files-{kind}", tmp_path))
    assert trace.model == "emotion-b0"
    assert trace.smooth is False
    assert [moment.index for moment in trace.moments] == list(range(60))
    assert [round(moment.time_s * 30) for moment in trace.moments] == list(range(60))
    assert len(trace.with_face) > 50


def test_the_plot_is_saved_as_svg_and_as_png(files: Visit, alone: Path, tmp_path: Path) -> None:
    _bring(files, alone)
    svg = ElementTree.parse(_saved(files, "#files-svg", tmp_path)).getroot()
    assert [title.text for title in svg.iter(f"{SVG}title")] == ["take.webm"]
    assert len([path for path in svg.iter(f"{SVG}path") if path.get("stroke-width") == "2.5"]) == 7
    picture = Image.open(_saved(files, "#files-png", tmp_path))
    size = np.array([int(svg.get("width", 0)), int(svg.get("height", 0))])
    assert picture.size == tuple(2 * size)
    assert np.unique(np.asarray(picture.convert("L"))).size > 20


def test_the_timeline_moves_the_clip_and_the_clip_the_timeline(files: Visit, alone: Path) -> None:
    _bring(files, alone)
    now = "Number(document.querySelector('.files-clip [role=slider]').ariaValueNow)"
    files.page.focus(".files-clip [role=slider]")
    files.page.keyboard.press("PageUp")
    files.wait("Math.abs(document.querySelector('.stage video').currentTime - 1) < 0.05")
    files.page.keyboard.press("Home")
    files.wait(f"{now} === 0 && document.querySelector('.stage video').currentTime === 0")
    files.page.click("#files-play")
    files.wait(f"{now} > 0.9")


def test_other_files_are_shown_while_a_clip_is_read(files: Visit, long: Path) -> None:
    _bring(files, DEMO / "sample1.jpg", long, states=["done", "reading"])
    files.page.locator(".files-choose").nth(1).click()
    files.wait("document.querySelector('.files-pace progress').value > 0")
    files.page.locator(".files-choose").nth(0).click()
    files.wait("document.querySelectorAll('.face-choice button').length === 3")
    assert files.page.evaluate(STATES) == ["done", "reading"]


def test_what_was_read_before_a_stop_is_kept(files: Visit, long: Path, tmp_path: Path) -> None:
    _bring(files, long, states=["reading"])
    files.wait("document.querySelector('.files-pace progress').value > 0.01")
    files.page.click("#files-stop")
    assert files.page.evaluate(STATES) == ["stopped"]
    kept = read_trace(_saved(files, "#files-json", tmp_path))
    assert 0 < len(kept.moments) < 600
    files.page.click("#files-again")
    files.wait(f"{STATES}[0] === 'reading'")


def test_files_that_come_before_the_model_wait_for_it(chromium: Browser, site: Path) -> None:
    gate = Gate()
    with visit(chromium, site, routes={"**/weights.bin": gate.hold}) as seen:
        seen.open("files")
        _bring(seen, DEMO / "sample1.jpg", states=["waiting"])
        seen.wait("document.querySelector('.stage canvas:not([hidden])') !== null")
        gate.open()
        seen.wait(f"{STATES}[0] === 'done'")
