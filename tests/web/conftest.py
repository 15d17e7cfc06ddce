"""Chromium on the shipped model's site."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.film import camera_flags, write_camera, write_clip
from export.browser import FLAGS
from export.chromium import find_chromium
from export.serve import serve
from face_detect.crop import Pixels
from face_detect.media import read_picture
from face_detect.tiny_weights import DEFAULT_WEIGHTS

DEMO = DEFAULT_WEIGHTS.parent / "demo"
SUB_PATH = "/some/where/deep"
HAS_VERDICT = "document.querySelector('.verdict:not(.quiet)') !== null"
READY = "document.querySelector('#loading').hidden"
FAULT = "document.querySelector('#fault').hidden ? '' : document.querySelector('#fault').innerText"
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def frames() -> list[Pixels]:
    """A face that moves sideways and back, 640 × 480."""
    picture = cv2.resize(read_picture(DEMO / "sample1.jpg"), (960, 640)).astype(np.uint8)
    shifts = (*range(0, 100, 20), *range(100, 0, -20))
    return [np.ascontiguousarray(picture[80:560, 100 + x : 740 + x]) for x in shifts]


@pytest.fixture(scope="session")
def camera_clip(frames: list[Pixels], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frames as Chromium's fake camera takes them."""
    path = tmp_path_factory.mktemp("camera") / "face.y4m"
    write_camera(path, frames)
    return path


@pytest.fixture(scope="session")
def clip(frames: list[Pixels], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frames three times over, as a WebM that every build of Chromium plays."""
    path = tmp_path_factory.mktemp("clip") / "face.webm"
    write_clip(path, frames * 3)
    return path


@pytest.fixture(scope="session")
def chromium(camera_clip: Path) -> Iterator[Browser]:
    flags = [*FLAGS, *camera_flags(camera_clip)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        yield browser
        browser.close()


@dataclass
class Visit:
    """The page, open below a sub-path of a plain server, and all that it said and asked for."""

    page: Page
    address: str
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def show(self, name: str, width: int = 1280) -> None:
        """Give the page one of face-api's pictures."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.open("files")
        self.page.set_input_files("#files-input", DEMO / name)

    def open(self, tab: str) -> None:
        """One of the page's views, as a click on its tab does."""
        self.page.click(f"#tab-{tab}")
        self.wait(f"document.querySelector('#tab-{tab}').ariaCurrent === 'page'")

    def fault(self) -> str:
        """What the page complains of, or nothing."""
        return str(self.page.evaluate(FAULT))

    def wait(self, condition: str, timeout_s: float = 60) -> None:
        """Until a script is true; the page's policy forbids Playwright's own way."""
        for _ in range(int(timeout_s * 10)):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"not within {timeout_s} s: {condition}")


class Gate:
    """Requests that wait before it, for `page.route`, until it is opened."""

    def __init__(self) -> None:
        self._waiting: list[Route] = []
        self._is_open = False

    def hold(self, route: Route) -> None:
        if self._is_open:
            route.continue_()
        else:
            self._waiting.append(route)

    def open(self) -> None:
        self._is_open = True
        for route in self._waiting:
            route.continue_()


@contextlib.contextmanager
def visit(
    browser: Browser,
    folder: Path,
    locale: str = "en-GB",
    tab: str = "",
    routes: dict[str, Callable[[Route], object]] | None = None,
) -> Iterator[Visit]:
    """Open the page as a visitor who has never been here; routes hold from its first request."""
    with serve({SUB_PATH: folder}) as server, browser.new_context(locale=locale) as opened:
        page = opened.new_page()
        for pattern, handler in (routes or {}).items():
            page.route(pattern, handler)
        address = f"{server}{SUB_PATH}/"
        seen = Visit(page=page, address=address)
        page.on("console", lambda line: seen.console.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: seen.console.append(f"error: {error}"))
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(f"{address}#{tab}")
        yield seen


@pytest.fixture
def visited(chromium: Browser, site: Path) -> Iterator[Visit]:
    with visit(chromium, site) as seen:
        yield seen
