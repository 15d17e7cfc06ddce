import subprocess
import sys
import time

import psutil
import pytest

from benchmarks.report import validity
from benchmarks.report.processes import Processes
from benchmarks.report.validity import Validity, Watch, too_few

WORK = "import time\nwhile time.process_time() < 0.5: pass\nprint(flush=True); input()"


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
    assert len(watch.validity().reference_ms) == 3 + 1 + 3


def test_own_work_is_not_another_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this process and its child were all that the machine does."""
    clock = {"busy": 0.0}
    monkeypatch.setattr(psutil, "cpu_count", lambda: 1)
    monkeypatch.setattr(validity._Processors, "now", lambda: processors(clock["busy"]))
    with Watch() as watch:
        begun_s = time.process_time()
        child = subprocess.Popen(
            [sys.executable, "-c", WORK], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        watch.tick()
        child.communicate(b"\n")
        clock["busy"] = 0.5 + time.process_time() - begun_s
    assert watch.validity().others_share < 0.1


def processors(busy_s: float, stolen_s: float = 0.0) -> validity._Processors:
    return validity._Processors(busy_s=busy_s, stolen_s=stolen_s)


def spent(
    monkeypatch: pytest.MonkeyPatch,
    busy_share: float = 0.0,
    stolen_share: float = 0.0,
    cores: int = 2,
) -> Validity:
    """A tenth of a second, of whose processors' time others took so much."""
    monkeypatch.setattr(psutil, "cpu_count", lambda: cores)
    monkeypatch.setattr(Processes, "ours_s", lambda self: 0.0)
    begun_s = time.monotonic()

    def now() -> validity._Processors:
        whole_s = (time.monotonic() - begun_s) * cores
        return processors(whole_s * busy_share, whole_s * stolen_share)

    monkeypatch.setattr(validity._Processors, "now", now)
    with Watch() as watch:
        time.sleep(0.1)
    return watch.validity()


def test_another_program_at_work_makes_a_run_invalid(monkeypatch: pytest.MonkeyPatch) -> None:
    (reason,) = spent(monkeypatch, busy_share=0.4).reasons
    assert reason.startswith("other programs")
    assert "of 2 processors, over 0.20" in reason


def test_of_16_processors_others_may_take_half_a_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spent(monkeypatch, busy_share=0.01, cores=16).valid
    (reason,) = spent(monkeypatch, busy_share=0.08, cores=16).reasons
    assert "of 16 processors, over 0.50" in reason


def test_a_host_that_takes_processors_away_makes_a_run_invalid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (reason,) = spent(monkeypatch, stolen_share=0.2).reasons
    assert reason.startswith("the host took")


def test_a_processor_that_becomes_slow_makes_a_run_invalid(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times_ms = (1.0, 1.0, 1.0, 1.1, 1.3, 1.3, 1.3)
    left = iter(times_ms)
    monkeypatch.setattr(validity, "_reference_ms", lambda: next(left))
    with Watch() as watch:
        watch.tick()
    found = watch.validity()
    assert found.reference_ms == times_ms
    assert "1.30 times as long" in " ".join(found.reasons)


@pytest.mark.parametrize("count", range(5, 30))
def test_a_single_hiccup_is_no_throttling(count: int) -> None:
    for place in range(count + 1):
        assert validity._drift([1.0] * place + [3.0] + [1.0] * (count - place)) == 1


def test_the_callers_own_reasons_come_with_the_machines() -> None:
    with Watch() as watch:
        pass
    assert watch.validity(["results stopped coming"]).reasons[-1] == "results stopped coming"


def test_too_few_samples_are_named_with_their_count() -> None:
    (reason,) = too_few({"near": 12, "far": 30})
    assert reason == "near: 12 samples, and 30 is the least"
