"""A visitor of the built site: what he does, and what the page lets us see of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from playwright.sync_api import Page

from benchmarks.page.probe import FAULT, PAINTED, PROBE, SAMPLES, STATE
from export.browser import Browser, PageError
from face_detect.command import MachineError

WINDOW = {"width": 1280, "height": 1400}
"""High enough for the live view's picture and its charts together."""
_EVERY_S = 0.05
_GRACE_S = 10.0
_NOTED = """({ name, longest_ms }) => new Promise((resolve) => {
    const look = () => {
        const is_noted = (window.facecastProbe?.[name] ?? null) !== null;
        if (is_noted || performance.now() > longest_ms) resolve(is_noted);
        else setTimeout(look, 100);
    };
    look();
})"""


class PageVisit:
    """The site, opened by somebody who has never been there."""

    def __init__(self, browser: Browser, url: str, planted: str = PROBE) -> None:
        """`planted` runs before the page's own scripts, at each of its visits."""
        self._browser = browser
        self._requests: list[str] = []

        def open_site(page: Page) -> None:
            page.set_viewport_size({"width": WINDOW["width"], "height": WINDOW["height"]})
            page.on("request", lambda request: self._requests.append(request.url))
            if planted:
                page.add_init_script(planted)
            page.goto(url, wait_until="commit")

        browser.do(open_site)

    @property
    def browser(self) -> Browser:
        return self._browser

    @property
    def requests(self) -> tuple[str, ...]:
        """What the page and its worker have asked for so far, each address once."""
        return tuple(dict.fromkeys(self._requests))

    def again(self, url: str) -> None:
        """Another visit in the same tab, by way of an empty page."""

        def open_anew(page: Page) -> None:
            page.goto("about:blank")
            page.goto(url, wait_until="commit")

        self._browser.do(open_anew)

    def leave(self) -> None:
        """To an empty page: nothing of the site is at work any more."""
        self._browser.do(lambda page: page.goto("about:blank"))

    def state(self) -> dict[str, Any]:
        """The probe's notes."""
        found: dict[str, Any] = self._browser.evaluate(STATE)
        return found

    def samples(self) -> dict[str, Any]:
        """What the probe noted for each frame that was answered."""
        found: dict[str, Any] = self._browser.evaluate(SAMPLES)
        return found

    def text(self, selector: str) -> str:
        script = "selector => document.querySelector(selector)?.textContent ?? ''"
        return str(self._browser.evaluate(script, selector))

    def shows(self, selector: str) -> bool:
        script = "selector => document.querySelector(selector)?.checkVisibility() ?? false"
        return bool(self._browser.evaluate(script, selector))

    def click(self, selector: str) -> None:
        """With a mouse, once there is something to click; returns after the next paint."""
        self.wait(lambda: self.shows(selector), f"{selector} is not there")
        try:
            self._browser.do(lambda page: page.click(selector))
        except PageError as error:
            raise MachineError(f"the measurement is invalid: {error}") from error
        self._browser.evaluate(PAINTED)

    def give_files(self, selector: str, files: Sequence[Path]) -> None:
        self._browser.do(lambda page: page.set_input_files(selector, list(files)))

    def wait(self, holds: Callable[[], bool], complaint: str, timeout_s: float = 60) -> None:
        """Until it holds; else the measurement is invalid, for this reason."""
        for _ in self.moments(complaint, timeout_s, _EVERY_S):
            if holds():
                return

    def wait_for_note(self, name: str, complaint: str, timeout_s: float) -> None:
        """Until the probe has noted it. The page looks by itself: who asks it again and again
        from outside takes time from the start that is measured."""
        asked = {"name": name, "longest_ms": timeout_s * 1000}
        if not self._browser.evaluate(_NOTED, asked, timeout_s + _GRACE_S):
            self._give_up(complaint, timeout_s)

    def moments(self, complaint: str, timeout_s: float, every_s: float) -> Iterator[None]:
        """Again and again until the time is over, which is an error."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            yield
            time.sleep(every_s)
        self._give_up(complaint, timeout_s)

    def _give_up(self, complaint: str, timeout_s: float) -> NoReturn:
        said = self._browser.evaluate(FAULT)
        told = f"; the page says: {' '.join(said.split())}" if said else ""
        raise MachineError(f"the measurement is invalid: {complaint} after {timeout_s:.0f} s{told}")
