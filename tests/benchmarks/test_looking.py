from __future__ import annotations

import threading
import time

import pytest

from benchmarks.looking import Looking


class Counter(Looking):
    every_s = 0.01

    def __init__(self) -> None:
        self.looks = 0
        self.enough = threading.Event()

    def look(self) -> None:
        self.looks += 1
        if self.looks == 3:
            self.enough.set()


def test_it_looks_again_and_again_and_no_more_when_the_block_has_ended() -> None:
    with Counter() as counter:
        assert counter.enough.wait(30)
    looks = counter.looks
    time.sleep(0.1)
    assert counter.looks == looks


def test_a_block_that_fails_ends_the_looks_too() -> None:
    before = threading.active_count()
    with pytest.raises(ValueError, match="no"), Counter():
        raise ValueError("no")
    assert threading.active_count() == before
