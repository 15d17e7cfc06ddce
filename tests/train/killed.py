"""Work in a process that is killed outright, at a moment that is known."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import NoReturn

import torch


def die() -> NoReturn:
    """As `kill -9` does: nothing is closed, nothing is cleared away."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process goes on")


def is_killed(prepare: Callable[[], None], work: Callable[[], object]) -> bool:
    """Do the work in a child, where `prepare` has put `die` in its way; whether it came so far."""
    child = os.fork()
    if not child:
        try:
            torch.set_num_threads(1)  # the parent's other threads are not there
            prepare()
            work()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] == signal.SIGKILL
