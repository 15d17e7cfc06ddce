"""A call that is made again only after some time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def rarely(call: Callable[[T], None], every_s: float) -> Callable[[T], None]:
    """`call`, skipped where the last was made less than so long ago, or where this was."""
    last = time.monotonic()

    def now_and_then(value: T) -> None:
        nonlocal last
        if time.monotonic() - last >= every_s:
            call(value)
            last = time.monotonic()

    return now_and_then
