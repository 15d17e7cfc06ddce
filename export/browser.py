"""A real Chromium with one page open, and the page's functions called from Python."""

from __future__ import annotations

import concurrent.futures
import contextlib
import logging
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import psutil
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Playwright, sync_playwright

from export.chromium import find_chromium
from export.serve import serve
from face_detect.command import FacecastError, MachineError

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-dev-shm-usage",
)
SOFTWARE_GPU = (
    "--enable-unsafe-swiftshader",
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--ignore-gpu-blocklist",
)
_START_S = 60.0
_CLOSE_S = 5.0
_LOG = "chromium.log"
T = TypeVar("T")


class PageError(FacecastError):
    """A function of the page threw; the message is the page's own."""


@dataclass
class Seen:
    """What the page did besides its work."""

    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)


class Browser:
    """Chromium on a page that a local server hands out.

    The page lives in a thread of its own, so that Ctrl-C in the main thread can always end
    Chromium, whatever the page is busy with; and so that it starts while other work goes on.
    """

    def __init__(
        self,
        *,
        mounts: Mapping[str, Path],
        page: str = "/harness/index.html",
        flags: Sequence[str] = SOFTWARE_GPU,
        timeout_s: float = 120.0,
    ) -> None:
        self.seen = Seen()
        self._mounts, self._page_url, self._flags = mounts, page, flags
        self._timeout_s = timeout_s
        self._cleanup = contextlib.ExitStack()
        self._thread = concurrent.futures.ThreadPoolExecutor(1, "chromium")

    def __enter__(self) -> Browser:
        executable = find_chromium()
        with contextlib.ExitStack() as stack:
            profile = tempfile.TemporaryDirectory(prefix="facecast-", ignore_cleanup_errors=True)
            stack.enter_context(profile)
            self.address = stack.enter_context(serve(self._mounts))
            self.profile = Path(profile.name)
            self._chromium = _start(executable, self.profile, self._flags)
            stack.callback(_kill, self._chromium)
            self._cleanup = stack.pop_all()
        self._older_children = {child.pid for child in psutil.Process().children()}
        self._opened = self._thread.submit(self._open)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _kill(self._chromium)
        closed = self._thread.submit(self._close)
        try:
            closed.result(_CLOSE_S)
        except concurrent.futures.TimeoutError:
            # Killed at the wrong moment, Chromium leaves its driver waiting for ever.
            kill_drivers(self._older_children)
        self._thread.shutdown()
        self._cleanup.close()

    @property
    def process_id(self) -> int:
        return self._chromium.pid

    def call(self, function: str, argument: object = None, timeout_s: float | None = None) -> Any:
        """Await `window.facecast[function](argument)` and return what it resolves to."""
        script = f"argument => window.facecast[{function!r}](argument)"
        return self.evaluate(script, argument, timeout_s)

    def evaluate(self, script: str, argument: object = None, timeout_s: float | None = None) -> Any:
        """Run a function in the page, as `Page.evaluate` does, but never for ever."""
        return self.do(lambda page: page.evaluate(script, argument), timeout_s)

    def do(self, action: Callable[[Page], T], timeout_s: float | None = None) -> T:
        """What `action` makes of the page, in the page's own thread, but never for ever."""
        page = self._wait(self._opened, _START_S)
        work = self._thread.submit(action, page)
        return self._wait(work, timeout_s or self._timeout_s)

    def screenshot(self, path: Path, width: int, height: int) -> None:
        """The whole page at a window's size."""
        self.do(lambda page: _screenshot(page, path, width, height))

    def _wait(self, work: concurrent.futures.Future[T], timeout_s: float) -> T:
        try:
            return work.result(timeout_s)
        except concurrent.futures.TimeoutError as error:
            _kill(self._chromium)
            raise MachineError(f"Chromium gave no answer within {timeout_s:.0f} s") from error
        except PlaywrightError as error:
            raise self._explain(error) from error

    def _explain(self, error: PlaywrightError) -> FacecastError:
        message = error.message.strip().splitlines()[0]
        if self._chromium.poll() is not None or "closed" in message or "crashed" in message:
            return MachineError(f"Chromium died while it was needed ({message})")
        if message.startswith("Page.goto"):  # it is served from here: only time can be too short
            return MachineError(f"Chromium did not open the page ({message})")
        return PageError(message.removeprefix("Page.evaluate: "))

    def _open(self) -> Page:
        self._playwright: Playwright = sync_playwright().start()
        endpoint = _endpoint(self._chromium, self.profile)
        chromium = self._playwright.chromium.connect_over_cdp(endpoint, timeout=_START_S * 1000)
        page = chromium.contexts[0].new_page()
        page.on("console", lambda line: self.seen.console.append(f"{line.type}: {line.text}"))
        page.on("pageerror", lambda error: self.seen.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        page.on("crash", lambda _: _kill(self._chromium))
        page.goto(self.address + self._page_url, wait_until="load")
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.address + "/", "blob:", "data:")):
            self.seen.foreign_requests.append(url)

    def _close(self) -> None:
        # Chromium is gone already; what remains is the driver's own process.
        with contextlib.suppress(AttributeError, PlaywrightError):
            self._playwright.stop()


def kill_drivers(spared: Set[int]) -> None:
    """End Playwright's drivers that this process started, but for older ones."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # it would tell of each open call
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if child.pid not in spared and "playwright" in " ".join(child.cmdline()):
                child.kill()


def _screenshot(page: Page, path: Path, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=path, full_page=True)


def _start(executable: Path, profile: Path, flags: Sequence[str]) -> subprocess.Popen[bytes]:
    arguments = (*FLAGS, *flags, "--remote-debugging-port=0", f"--user-data-dir={profile}")
    try:
        with (profile / _LOG).open("wb") as log:
            return subprocess.Popen(
                [str(executable), *arguments, "about:blank"],
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
    except OSError as error:
        raise MachineError(f"{executable}: cannot be started ({error.strerror})") from error


def _endpoint(chromium: subprocess.Popen[bytes], profile: Path) -> str:
    """Where Chromium listens: it writes a port and a path into its profile."""
    note = profile / "DevToolsActivePort"
    deadline = time.monotonic() + _START_S
    while chromium.poll() is None and time.monotonic() < deadline:
        lines = note.read_text().split() if note.is_file() else []
        if len(lines) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.02)
    said = (profile / _LOG).read_text(errors="replace").strip().splitlines()
    raise MachineError(f"Chromium does not start ({said[-1] if said else 'it said nothing'})")


def _kill(chromium: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(chromium.pid, signal.SIGKILL)
    chromium.wait()
