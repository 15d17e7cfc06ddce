"""Processes on this machine's cores."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

import cv2

from face_detect.command import MachineError
from train.prepare.keep_memory import keep_memory

Task = TypeVar("Task")
Done = TypeVar("Done")
AHEAD = 2
"""Tasks for each worker that are given out: one it works on, one that waits."""
MOST_LOST = 3
"""Times in a row that workers may be lost without any result between."""
_LOOK_S = 0.5


class LocalEngine:
    """As many processes as there are to be; a single one is this process itself."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))

    def run(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
        if self.workers > 1:
            yield from self._run_pool(work, tasks)
            return
        threads = cv2.getNumThreads()
        keep_memory()
        try:
            for task in tasks:
                cv2.setNumThreads(1)
                yield work(task)
        finally:
            cv2.setNumThreads(threads)

    def _run_pool(self, work: Callable[[Task], Done], tasks: Iterator[Task]) -> Generator[Done]:
        waiting: deque[Task] = deque()
        flying: dict[Future[Done], Task] = {}
        lost = 0
        while True:
            with _pool(self.workers) as pool:
                try:
                    while self._give_out(pool, work, tasks, waiting, flying, alone=lost > 0):
                        for future in wait(flying, return_when=FIRST_COMPLETED).done:
                            done = future.result()
                            del flying[future]
                            lost = 0
                            yield done
                    return
                except BrokenProcessPool as error:
                    lost += 1
                    waiting.extendleft(reversed(flying.values()))
                    flying.clear()
                    if lost == MOST_LOST:
                        where = f"; the last worked on {waiting[0]} alone" if waiting else ""
                        raise MachineError(
                            f"workers were ended {lost} times without a result{where}: does their"
                            " memory suffice?"
                        ) from error

    def _give_out(
        self,
        pool: ProcessPoolExecutor,
        work: Callable[[Task], Done],
        tasks: Iterator[Task],
        waiting: deque[Task],
        flying: dict[Future[Done], Task],
        *,
        alone: bool,
    ) -> bool:
        """Whether any task is under way; after a loss one at a time, so that the next loss tells
        whose it is."""
        while len(flying) < (1 if alone else AHEAD * self.workers):
            if not waiting:
                waiting.extend([task for task in [next(tasks, None)] if task is not None])
            if not waiting:
                break
            # Where the pool is broken this raises, and the task still waits.
            future = pool.submit(work, waiting[0])
            flying[future] = waiting.popleft()
        return bool(flying)


@contextlib.contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """New processes, none of which outlives the block."""
    # A fork would take over the locks of libraries' threads, held by threads that it does not have.
    pool = ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), _begin, (os.getpid(),)
    )
    try:
        yield pool
    finally:
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(parent: int) -> None:
    """Ctrl-C is the parent's to hear; a core is this process' share."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    keep_memory()
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: int) -> None:
    """End when the parent was ended, which cannot say so if it was killed."""
    while os.getppid() == parent:
        time.sleep(_LOOK_S)
    os._exit(1)
