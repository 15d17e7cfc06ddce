"""Work in a process that is killed outright, at a moment that is known."""

from __future__ import annotations

import multiprocessing
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
    """Do the work in a new process, where `prepare` has put `die` in its way; whether it came so
    far. Both travel there, so they are functions of a module, or parts of one."""
    # A fork would have whatever earlier tests have left behind, but not their threads.
    child = multiprocessing.get_context("spawn").Process(target=_both, args=(prepare, work))
    child.start()
    child.join()
    return child.exitcode == -signal.SIGKILL


def _both(prepare: Callable[[], None], work: Callable[[], object]) -> None:
    torch.set_num_threads(1)
    prepare()
    work()
