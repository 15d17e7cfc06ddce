"""Firefox as a visitor has it, driven over WebDriver BiDi, which it speaks by itself.

Playwright cannot: its own Firefox is another program, and what it sends over BiDi is ahead of the
extended-support release that Debian ships.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from face_detect.command import MachineError

NAMES = ("firefox", "firefox-esr")
EVENTS = ("log.entryAdded", "network.beforeRequestSent")
_ANSWER_S = 60.0
T = TypeVar("T")


class FirefoxError(MachineError):
    """Firefox refused a command, gave no answer or died, or a script threw."""


def find_firefox() -> str | None:
    """The first on PATH."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Firefox:
    """One window, and all that its page said and asked for."""

    def __init__(
        self, socket: aiohttp.ClientWebSocketResponse, loop: _Loop, process_id: int
    ) -> None:
        self._socket, self._loop = socket, loop
        self.process_id = process_id
        self._last = 0
        self.console: list[str] = []
        self.requests: list[str] = []
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=list(EVENTS))

    def visit(self, url: str) -> None:
        """Open it as somebody who has never been here."""
        visitor = self._send("browser.createUserContext")["userContext"]
        tab = self._send("browsingContext.create", type="tab", userContext=visitor)
        self._tab = tab["context"]
        self.console, self.requests = [], []
        self._send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def leave(self) -> None:
        self._send("browsingContext.close", context=self._tab)

    def evaluate(self, script: str) -> Any:
        """What an expression of the page gives: a string, a number or a truth."""
        target = {"context": self._tab}
        said = self._send("script.evaluate", expression=script, target=target, awaitPromise=True)
        if said["type"] == "exception":
            raise FirefoxError(said["exceptionDetails"]["text"])
        return said["result"].get("value")

    def click(self, selector: str) -> None:
        """With the pointer, in the element's middle."""
        pointer = {"type": "pointer", "id": "mouse"}
        steps = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": self._element(selector)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        actions = [{**pointer, "actions": steps}]
        self._send("input.performActions", context=self._tab, actions=actions)

    def set_files(self, selector: str, files: Sequence[Path]) -> None:
        """As if they had been chosen by hand."""
        element = self._element(selector)["element"]
        paths = [str(file) for file in files]
        self._send("input.setFiles", context=self._tab, element=element, files=paths)

    def wait(self, condition: str, timeout_s: float = 60) -> None:
        """Until a script is true."""
        self._until(lambda: bool(self.evaluate(condition)), condition, timeout_s)

    def wait_for_line(self) -> str:
        """The first that its console shows."""
        self._until(lambda: self.evaluate("true") and bool(self.console), "a line", 10)
        return self.console[0]

    def _until(self, holds: Callable[[], bool], name: str, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {timeout_s} s: {name}")
            time.sleep(0.1)

    def _element(self, selector: str) -> dict[str, Any]:
        locator = {"type": "css", "value": selector}
        found = self._send("browsingContext.locateNodes", context=self._tab, locator=locator)
        (node,) = found["nodes"]
        return {"type": "element", "element": {"sharedId": node["sharedId"]}}

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        return self._loop.run(self._ask(method, params))

    async def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._last += 1
        try:
            await self._socket.send_json({"id": self._last, "method": method, "params": params})
            return await self._answer(method)
        except (aiohttp.ClientError, aiohttp.WSMessageTypeError) as error:
            raise FirefoxError(f"{method}: Firefox died, for its connection was closed") from error

    async def _answer(self, method: str) -> dict[str, Any]:
        while True:
            heard: dict[str, Any] = await self._socket.receive_json()
            if heard["type"] == "event":
                self._note(heard["method"], heard["params"])
            elif heard["type"] == "error":
                raise FirefoxError(f"{method}: {heard['message']}")
            else:
                result: dict[str, Any] = heard["result"]
                return result

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "log.entryAdded":
            self.console.append(f"{params['level']}: {params['text']}")
        else:
            self.requests.append(params["request"]["url"])


class _Loop:
    """Its own thread, for Playwright keeps a loop running in the tests'."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What takes too long is ended, so that it does not hear a later question's answer."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(_ANSWER_S)
        except concurrent.futures.TimeoutError as error:
            future.cancel()
            raise FirefoxError(f"Firefox gave no answer within {_ANSWER_S:g} s") from error

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@contextlib.contextmanager
def firefox(
    executable: str, profile: Path, preferences: Mapping[str, str | bool] | None = None
) -> Iterator[Firefox]:
    """Start it with a new profile, and end it with the block."""
    profile.mkdir()
    wishes = {"intl.accept_languages": "en-GB", **(preferences or {})}
    lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in wishes.items()]
    (profile / "user.js").write_text("".join(lines))
    started = _started(executable, profile)
    with started as (address, process_id), contextlib.closing(_Loop()) as loop:
        session = loop.run(_open_session())
        try:
            socket = loop.run(session.ws_connect(f"{address}/session", max_msg_size=0))
            yield Firefox(socket, loop, process_id)
        finally:
            loop.run(session.close())


async def _open_session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession()


@contextlib.contextmanager
def _started(executable: str, profile: Path) -> Iterator[tuple[str, int]]:
    """Its address and its process."""
    command = [executable, "--headless", "--no-remote", "--remote-debugging-port=0"]
    log = profile.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--profile", str(profile), "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield _address(process, log), process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(int(_ANSWER_S * 10)):
        if said := re.search(r"BiDi listening on (ws://\S+)", log.read_text(errors="replace")):
            return said[1]
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            break
    raise FirefoxError(f"Firefox does not start: {log.read_text(errors='replace').strip()}")
