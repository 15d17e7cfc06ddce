"""A static host that sends packed files, remembers what it sent, and can go down."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import TracebackType

from export.serve import Sent, serve


class Host:
    """One folder, at the root of an address of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sent: list[Sent] = []
        self._running = contextlib.ExitStack()

    def __enter__(self) -> Host:
        server = serve({"/": self._folder}, packed=True, on_sent=self._sent.append)
        self.address = self._running.enter_context(server)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.go_down()

    def go_down(self) -> None:
        """Nobody is answered any more."""
        self._running.close()

    def forget(self) -> None:
        """Count anew."""
        self._sent.clear()

    def until(self, time_s: float) -> tuple[Sent, ...]:
        """What has begun to go out by then, on the clock of `time.time()`."""
        return tuple(each for each in self._sent if each.at_s <= time_s)

    def total_bytes(self) -> int:
        """Of all that went out since the beginning, or since it was told to forget."""
        return sum(each.bytes for each in self._sent)
