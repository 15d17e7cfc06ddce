import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.page_gates import complaint, page_gates
from benchmarks.page_result import FetchedFile, Heap, PageResult
from face_detect.command import GateError, MachineError
from tests.benchmarks.page_results import TASK, page_result

BUSY = 0.6


def in_live(**changes: Any) -> PageResult:
    result = page_result()
    return dataclasses.replace(result, live=dataclasses.replace(result.live, **changes))


def in_first(**changes: Any) -> PageResult:
    result = page_result()
    return dataclasses.replace(result, first=dataclasses.replace(result.first, **changes))


def heap(place: str) -> PageResult:
    grown = Heap(place=place, before_bytes=0, after_bytes=2_000_001)
    heaps = [each for each in page_result().live.heaps if each.place != place]
    return in_live(heaps=(*heaps, grown))


def slow_click() -> PageResult:
    return dataclasses.replace(page_result(), answers_ms=(16.0, 104.0))


LASTING: dict[str, Callable[[], PageResult]] = {
    "tensors gained or lost": lambda: in_live(tensors_after=201),
    "heap drift of the page": lambda: heap("page"),
    "heap drift of the worker": lambda: heap("worker"),
    "interactive, before the model": lambda: in_first(interactive_ms=801.0),
    "first visit without weights": lambda: in_first(
        files=(FetchedFile(path="index.html", sent_bytes=250_001),)
    ),
}
TIMED: dict[str, Callable[[], PageResult]] = {
    "tasks over 50 ms": lambda: in_live(long_tasks=(TASK,)),
    "slowest answer to a click": slow_click,
}


def test_what_just_keeps_to_each_bound_passes() -> None:
    result = page_result()
    assert complaint(result, page_gates(result)) is None


@pytest.mark.parametrize("name", [*LASTING, *TIMED])
def test_what_goes_over_a_bound_fails_by_that_gate_alone(name: str) -> None:
    result = {**LASTING, **TIMED}[name]()
    (failed,) = (gate.name for gate in page_gates(result) if not gate.passed)
    assert failed.startswith(name)
    error = complaint(result, page_gates(result))
    assert isinstance(error, GateError)
    assert error.exit_code == 1
    assert failed in str(error)


@pytest.mark.parametrize("name", TIMED)
def test_a_busy_machine_makes_a_slow_page_no_failure_but_an_invalid_measurement(name: str) -> None:
    result = dataclasses.replace(TIMED[name](), others_share=BUSY)
    error = complaint(result, page_gates(result))
    assert isinstance(error, MachineError)
    assert error.exit_code == 3
    assert "60%" in str(error)


@pytest.mark.parametrize("name", LASTING)
def test_a_busy_machine_excuses_nothing_else(name: str) -> None:
    result = dataclasses.replace(LASTING[name](), others_share=BUSY)
    assert isinstance(complaint(result, page_gates(result)), GateError)


def test_a_lost_tensor_counts_like_one_gained() -> None:
    result = in_live(tensors_after=199)
    assert isinstance(complaint(result, page_gates(result)), GateError)


def test_of_fewer_than_a_thousand_frames_the_whole_growth_counts() -> None:
    grown = Heap(place="page", before_bytes=0, after_bytes=500_000)
    assert [grown.drift_bytes(frames) for frames in (100, 1000, 5000)] == [5e5, 5e5, 1e5]
