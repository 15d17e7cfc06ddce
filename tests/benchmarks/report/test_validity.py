import multiprocessing
import os
import time

import pytest

from benchmarks.report import validity
from benchmarks.report.processes import Processes
from benchmarks.report.validity import Validity, Watch, too_few


def work(seconds: float) -> None:
    end_s = time.process_time() + seconds
    while time.process_time() < end_s:
        pass


def test_what_nobody_disturbed_is_valid() -> None:
    assert Validity().valid
    assert not Validity(reasons=("a reason",)).valid


@pytest.fixture(autouse=True)
def even_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else this machine does while it tests."""
    monkeypatch.setattr(validity, "_hash_ms", lambda: 1.0)


def test_reference_work_is_timed_at_the_beginning_when_asked_and_at_the_end() -> None:
    with Watch() as watch:
        watch.tick()
    assert len(watch.validity().reference_ms) == 3


def test_own_work_is_not_another_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this process and its child were all that the machine does."""
    clock = {"busy": 0.0}
    monkeypatch.setattr(validity._Processors, "now", lambda: processors(clock["busy"]))
    with Watch() as watch:
        begun_s = time.process_time()
        child = multiprocessing.get_context("fork").Process(target=work, args=(0.2,))
        child.start()
        work(0.2)
        watch.tick()
        child.join()
        clock["busy"] = 0.2 + time.process_time() - begun_s
    assert watch.validity().others_share < 0.1


def processors(busy_s: float, stolen_s: float = 0.0) -> validity._Processors:
    return validity._Processors(busy_s=busy_s, stolen_s=stolen_s)


def spent(
    monkeypatch: pytest.MonkeyPatch, busy_share: float = 0.0, stolen_share: float = 0.0
) -> Validity:
    """A tenth of a second, of whose processors' time others took so much."""
    cores = os.cpu_count() or 1
    begun_s = time.monotonic()

    def now() -> validity._Processors:
        whole_s = (time.monotonic() - begun_s) * cores
        return processors(whole_s * busy_share, whole_s * stolen_share)

    monkeypatch.setattr(validity._Processors, "now", now)
    with Watch() as watch:
        time.sleep(0.1)
    return watch.validity()


def test_another_program_at_work_makes_a_run_invalid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Processes, "ours_s", lambda self: 0.0)
    (reason,) = spent(monkeypatch, busy_share=0.4).reasons
    assert reason.startswith("other programs")
    assert "of the processors, over 10%" in reason


def test_a_host_that_takes_processors_away_makes_a_run_invalid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (reason,) = spent(monkeypatch, stolen_share=0.2).reasons
    assert reason.startswith("the host took")


def test_a_processor_that_becomes_slow_makes_a_run_invalid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times_ms = iter((1.0, 1.1, 1.3))
    monkeypatch.setattr(validity, "_reference_ms", lambda: next(times_ms))
    with Watch() as watch:
        watch.tick()
    found = watch.validity()
    assert found.reference_ms == (1.0, 1.1, 1.3)
    assert "1.30 times as long" in " ".join(found.reasons)


def test_one_hiccup_among_many_looks_is_no_throttling() -> None:
    assert validity._drift([1.0] * 10 + [3.0] + [1.0] * 10) == 1


def test_the_callers_own_reasons_come_with_the_machines() -> None:
    with Watch() as watch:
        pass
    assert watch.validity(["results stopped coming"]).reasons[-1] == "results stopped coming"


def test_too_few_samples_are_named_with_their_count() -> None:
    (reason,) = too_few({"near": 12, "far": 30})
    assert reason == "near: 12 samples, and 30 is the least"
