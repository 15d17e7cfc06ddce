"""A browser's window on a page of ours: our own Chromium, a Firefox, or one that runs already."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from benchmarks.firefox import Firefox, find_firefox, firefox
from export.browser import Browser
from export.serve import serve
from face_detect.command import MachineError


class Window(Protocol):
    """As `export.browser.Browser` has it."""

    def evaluate(self, script: str, argument: object = None) -> Any:
        """What a function of JavaScript resolves to."""

    def call(self, function: str, argument: object = None) -> Any:
        """What `window.facecast[function](argument)` resolves to."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """Which browser, and how it reaches our server."""

    browser: Literal["chromium", "firefox"] = "chromium"
    cdp: str | None = None
    """The DevTools address of a Chromium that runs already, a phone's for example."""
    host: str = "127.0.0.1"
    """Of our server, as that browser reaches it."""
    port: int = 0


EXACT = {"privacy.reduceTimerPrecision": False}
"""Firefox rounds times to whole milliseconds otherwise."""
OWN = Where()
"""A Chromium of ours, new and empty."""


@contextlib.contextmanager
def open_window(
    where: Where, mounts: Mapping[str, Path], page: str, flags: Sequence[str] = ()
) -> Iterator[Window]:
    """The page in a browser; flags are for a Chromium of our own."""
    if where.cdp is None and where.browser == "chromium":
        with Browser(mounts=mounts, page=page, flags=flags) as browser:
            yield browser
        return
    with serve(mounts, where.port, host=where.host) as server:
        opened = _foreign(where.cdp) if where.cdp else _firefox()
        with opened as visit:
            yield visit.open(server + page)


class _Playwright:
    def __init__(self, page: Page) -> None:
        self._page = page

    def open(self, url: str) -> Window:
        self._page.goto(url)
        return self

    def evaluate(self, script: str, argument: object = None) -> Any:
        try:
            return self._page.evaluate(script, argument)
        except PlaywrightError as error:
            raise MachineError(f"the browser failed ({_first_line(error)})") from error

    def call(self, function: str, argument: object = None) -> Any:
        return self.evaluate(_calling(function), argument)


class _Firefox:
    def __init__(self, browser: Firefox) -> None:
        self._browser = browser

    def open(self, url: str) -> Window:
        self._browser.visit(url)
        return self

    def evaluate(self, script: str, argument: object = None) -> Any:
        """BiDi has a form of its own for everything but texts."""
        given = json.dumps(argument)
        text = f"Promise.resolve(({script})({given})).then((v) => JSON.stringify(v ?? null))"
        return json.loads(self._browser.evaluate(text))

    def call(self, function: str, argument: object = None) -> Any:
        return self.evaluate(_calling(function), argument)


@contextlib.contextmanager
def _foreign(address: str) -> Iterator[_Playwright]:
    """A window of its own, which is closed again; the browser goes on."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.connect_over_cdp(address)
        except PlaywrightError as error:
            raise MachineError(f"{address}: no browser answers ({_first_line(error)})") from error
        page = browser.contexts[0].new_page()
        try:
            yield _Playwright(page)
        finally:
            page.close()


@contextlib.contextmanager
def _firefox() -> Iterator[_Firefox]:
    executable = find_firefox()
    if executable is None:
        raise MachineError("no Firefox is installed here")
    profile = tempfile.TemporaryDirectory(prefix="facecast-", ignore_cleanup_errors=True)
    with profile as folder, firefox(executable, Path(folder) / "profile", EXACT) as browser:
        yield _Firefox(browser)


def _calling(function: str) -> str:
    return f"argument => window.facecast[{function!r}](argument)"


def _first_line(error: PlaywrightError) -> str:
    return error.message.strip().splitlines()[0]
