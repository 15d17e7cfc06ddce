from __future__ import annotations

import pytest

from face_detect.command import InputError, MachineError
from train.cluster.cause_of import cause_of

BROKEN = RuntimeError("[gloo/transport/tcp/pair.cc:537] Connection reset by peer")
GONE = OSError("The actor died. Look at the logs")
FAULT = ZeroDivisionError("division by zero")


def test_a_named_error_counts_before_what_it_did_to_the_others() -> None:
    named = InputError("made.zip: is damaged")
    assert cause_of({1: BROKEN, 0: named}, {0: GONE, 1: GONE}) is named


def test_a_process_that_says_nothing_is_named() -> None:
    found = cause_of({0: BROKEN}, {0: BROKEN, 1: GONE})
    assert isinstance(found, MachineError)
    assert str(found).startswith("Ray: process 1 was lost (OSError: The actor died); the same")


def test_a_fault_of_ours_stays_what_it_is() -> None:
    assert cause_of({1: FAULT, 0: BROKEN}, {0: BROKEN, 1: FAULT}) is FAULT


def test_processes_that_only_lost_one_another_can_go_on() -> None:
    found = cause_of({0: BROKEN}, {0: BROKEN})
    assert isinstance(found, MachineError)
    assert "a process lost another (RuntimeError: [gloo" in str(found)


@pytest.mark.parametrize("rank", [0, 3])
def test_without_a_word_from_anyone_the_first_is_named(rank: int) -> None:
    assert f"process {rank} was lost" in str(cause_of({}, {rank: GONE}))
