"""Looks at something again and again while a block runs."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import ClassVar, Self


class Looking(ABC):
    """In a thread of its own, so that nothing that the block does has to wait for it."""

    every_s: ClassVar[float] = 0.2

    def __enter__(self) -> Self:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name=type(self).__name__, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    @abstractmethod
    def look(self) -> None:
        """Once; the first time after `every_s`."""

    def _follow(self) -> None:
        while not self._stop.wait(self.every_s):
            self.look()
