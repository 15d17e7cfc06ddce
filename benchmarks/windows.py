"""A browser's window on a page of ours: our own Chromium, a Firefox, or one that runs already."""

from __future__ import annotations

import concurrent.futures
import contextlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import psutil
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from benchmarks.firefox import Firefox, find_firefox, firefox
from benchmarks.memory import memory_bytes
from export.browser import Browser, kill_drivers
from export.serve import serve
from face_detect.command import MachineError

LOCAL = "127.0.0.1"
T = TypeVar("T")


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
    host: str = LOCAL
    """Of our server, as that browser reaches it."""
    port: int = 0


EXACT = {"privacy.reduceTimerPrecision": False}
"""Firefox rounds times to whole milliseconds otherwise."""
OWN = Where()
"""A Chromium of ours, new and empty."""
_ANSWER_S = 120.0
_CLOSE_S = 5.0
_HEAP = "() => performance.memory?.usedJSHeapSize ?? 0"


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
        opened = contextlib.closing(_Stranger(where.cdp)) if where.cdp else _firefox()
        with opened as visit:
            yield visit.open(server + page)


def memory_mb(window: Window) -> Iterator[tuple[str, float]]:
    """All processes of a browser of ours; of another only what its page is told, if anything."""
    if isinstance(window, (Browser, _Firefox)):
        yield "browser_memory_mb", memory_bytes(window.process_id) / 1e6
    elif held := window.evaluate(_HEAP):
        yield "page_heap_mb", held / 1e6


class _Stranger:
    """A page of a browser that is not ours. It lives in a thread of its own, for Playwright allows
    one of its loops a thread."""

    def __init__(self, address: str) -> None:
        self._thread = concurrent.futures.ThreadPoolExecutor(1, "cdp")
        self._older_children = {child.pid for child in psutil.Process().children()}
        self._work(self._connect, address)

    def open(self, url: str) -> Window:
        self._work(lambda: self._page.goto(url))
        return self

    def evaluate(self, script: str, argument: object = None) -> Any:
        return self._work(lambda: self._page.evaluate(script, argument))

    def call(self, function: str, argument: object = None) -> Any:
        return self.evaluate(_calling(function), argument)

    def close(self) -> None:
        """The page, and not the browser."""
        try:
            self._thread.submit(self._leave).result(_CLOSE_S)
        except concurrent.futures.TimeoutError:
            # A phone that was unplugged never answers, and the thread would wait for ever.
            kill_drivers(self._older_children)
        self._thread.shutdown()

    def _leave(self) -> None:
        with contextlib.suppress(PlaywrightError):
            self._page.close()
        with contextlib.suppress(PlaywrightError):
            self._playwright.stop()

    def _connect(self, address: str) -> None:
        self._playwright = sync_playwright().start()
        try:
            browser = self._playwright.chromium.connect_over_cdp(address)
            self._page = browser.contexts[0].new_page()
        except PlaywrightError:
            self._playwright.stop()
            raise

    def _work(self, action: Callable[..., T], *arguments: object) -> T:
        try:
            return self._thread.submit(action, *arguments).result(_ANSWER_S)
        except concurrent.futures.TimeoutError as error:
            raise MachineError(f"the browser gave no answer within {_ANSWER_S:.0f} s") from error
        except PlaywrightError as error:
            line = error.message.strip().splitlines()[0]
            raise MachineError(f"the browser failed ({line})") from error


class _Firefox:
    def __init__(self, browser: Firefox) -> None:
        self._browser = browser

    @property
    def process_id(self) -> int:
        return self._browser.process_id

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
def _firefox() -> Iterator[_Firefox]:
    executable = find_firefox()
    if executable is None:
        raise MachineError("no Firefox is installed here")
    profile = tempfile.TemporaryDirectory(prefix="facecast-", ignore_cleanup_errors=True)
    with profile as folder, firefox(executable, Path(folder) / "profile", EXACT) as browser:
        yield _Firefox(browser)


def _calling(function: str) -> str:
    return f"argument => window.facecast[{function!r}](argument)"
