"""What page and worker hold in memory once all garbage is gone, by Chromium's own count."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import CDPSession, Page

from benchmarks.page.visit import PageVisit
from face_detect.command import MachineError

PARTS = ("usedSize", "embedderHeapUsedSize", "backingStorageSize")
"""JavaScript's objects, the document's, and the bytes of array buffers."""
_COLLECT = "HeapProfiler.collectGarbage"
_STEPS = ("HeapProfiler.enable", _COLLECT, _COLLECT, "Runtime.getHeapUsage")
"""Twice, for what the first one frees may have held something else."""


class PageHeap:
    """Reads both heaps of a visit."""

    def __init__(self, visit: PageVisit) -> None:
        self._visit = visit
        self._answers: dict[int, dict[str, Any]] = {}
        self._last = 0
        self._worker: str | None = None
        self._session: CDPSession = visit.browser.do(self._attach)
        visit.wait(lambda: self._worker is not None, "the worker cannot be looked into")

    def read(self) -> dict[str, int]:
        """Bytes that page and worker hold."""
        page: dict[str, int] = {}
        for step in _STEPS:
            page = self._send(step)
            self._ask_worker(step)
        self._visit.wait(self._has_answered, "the worker does not answer")
        return {"page": _held(page), "worker": _held(self._answers[self._last])}

    def _has_answered(self) -> bool:
        self._send("Runtime.getHeapUsage")  # Playwright hands out events only while it is asked
        return self._last in self._answers

    def _attach(self, page: Page) -> CDPSession:
        session = page.context.new_cdp_session(page)
        session.on("Target.attachedToTarget", self._note_target)
        session.on("Target.receivedMessageFromTarget", self._note_message)
        # Playwright passes on no message of a worker's own session, so it comes inside the page's.
        wish = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False}
        session.send("Target.setAutoAttach", wish)
        return session

    def _note_target(self, event: dict[str, Any]) -> None:
        if event["targetInfo"]["type"] == "worker":
            self._worker = event["sessionId"]

    def _note_message(self, event: dict[str, Any]) -> None:
        message = json.loads(event["message"])
        if "error" in message:
            raise MachineError(f"the worker's heap cannot be read ({message['error']['message']})")
        if "id" in message:
            self._answers[message["id"]] = message["result"]

    def _ask_worker(self, method: str) -> None:
        self._last += 1
        message = json.dumps({"id": self._last, "method": method})
        self._send("Target.sendMessageToTarget", {"sessionId": self._worker, "message": message})

    def _send(self, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._visit.browser.do(lambda _: self._session.send(method, params))


def _held(usage: dict[str, int]) -> int:
    return round(sum(usage.get(part, 0) for part in PARTS))
