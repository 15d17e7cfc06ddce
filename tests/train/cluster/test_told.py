from __future__ import annotations

import threading

from train.cluster.told import portable


class AskingError(Exception):
    """Which cannot be made again from what it says."""

    def __init__(self, which: str, why: str) -> None:
        super().__init__(f"{which} {why}")


class HoldingError(Exception):
    """Of something that no other process can have."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.lock = threading.Lock()


def test_a_fault_that_can_travel_stays_what_it_is() -> None:
    fault = ZeroDivisionError("division by zero")
    assert portable(fault) is fault


def test_a_fault_that_cannot_travel_is_told_in_its_own_words() -> None:
    for fault in (AskingError("batch 3", "is empty"), HoldingError("batch 3 is empty")):
        told = portable(fault)
        assert isinstance(told, RuntimeError)
        assert str(told) == f"{type(fault).__name__}: batch 3 is empty"
