from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from face_detect.command import MachineError
from train.prepare.local_engine import AHEAD, LocalEngine


def doubled(number: int) -> int:
    return 2 * number


def end_once(task: tuple[Path, int]) -> int:
    """Its worker is killed the first time that anyone works on it."""
    mark, number = task
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def end_always(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def end_at_three(number: int) -> int:
    return end_always(number) if number == 3 else number


def whose(number: int) -> int:
    time.sleep(0.2)
    return os.getpid()


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_is_done_once(workers: int) -> None:
    found = LocalEngine(workers).run(doubled, iter(range(20)))
    assert sorted(found) == list(range(0, 40, 2))


def test_a_lost_workers_tasks_are_done_by_others(tmp_path: Path) -> None:
    tasks = ((tmp_path / "mark", number) for number in range(8))
    assert sorted(LocalEngine(2).run(end_once, tasks)) == list(range(8))


def test_a_task_that_ends_every_worker_is_named() -> None:
    with pytest.raises(MachineError, match=r"ended 3 times without a result; .* worked on 0"):
        list(LocalEngine(2).run(end_always, iter(range(4))))


def test_of_tasks_under_way_together_the_one_that_ends_its_worker_is_named() -> None:
    with pytest.raises(MachineError, match=r"; the last worked on 3 alone: does their memory"):
        list(LocalEngine(2).run(end_at_three, iter(range(8))))


def test_few_tasks_are_taken_ahead() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with contextlib.closing(LocalEngine(2).run(doubled, tasks())) as found:
        next(found)
        assert len(taken) <= 2 * AHEAD


def test_no_worker_outlives_work_that_is_given_up() -> None:
    with contextlib.closing(LocalEngine(2).run(whose, iter(range(50)))) as found:
        worker = next(found)
        assert worker != os.getpid()
    assert not Path("/proc", str(worker)).exists()
