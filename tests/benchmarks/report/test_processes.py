import subprocess
import sys
from collections.abc import Iterator

import pytest

from benchmarks.report import processes
from benchmarks.report.processes import Key, Processes, _Process

ME: Key = (7, 0.0)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[Key, _Process]:
    """What runs, by our own account; this process is number 7."""
    running: dict[Key, _Process] = {}

    def look() -> Iterator[tuple[Key, _Process]]:
        for key, found in running.items():
            copied = _Process(
                name=found.name, parent=found.parent, begun_s=0, taken_s=found.taken_s
            )
            yield key, copied

    monkeypatch.setattr(processes, "_running", look)
    monkeypatch.setattr("os.getpid", lambda: 7)
    running[ME] = process("bench", 1, 5)
    return running


def process(name: str, parent: int, taken_s: float) -> _Process:
    return _Process(name=name, parent=parent, begun_s=0, taken_s=taken_s)


def test_only_what_is_taken_since_the_first_look_counts(machine: dict[Key, _Process]) -> None:
    seen = Processes()
    seen.look()
    machine[ME].taken_s = 6
    seen.look()
    assert seen.ours_s() == 1


def test_a_grandchild_that_has_ended_is_still_ours(machine: dict[Key, _Process]) -> None:
    seen = Processes()
    seen.look()
    machine |= {(8, 1.0): process("zygote", 7, 1), (9, 1.0): process("page", 8, 4)}
    seen.look()
    del machine[8, 1.0]
    machine[9, 1.0] = process("page", 1, 5)
    seen.look()
    del machine[9, 1.0]
    seen.look()
    assert seen.ours_s() == 6


def test_a_number_that_comes_again_is_another_process(machine: dict[Key, _Process]) -> None:
    seen = Processes()
    seen.look()
    machine[8, 1.0] = process("page", 7, 4)
    seen.look()
    machine[8, 2.0] = process("stranger", 1, 3)
    del machine[8, 1.0]
    seen.look()
    assert (seen.ours_s(), seen.busiest(1)) == (4, ["stranger"])


def test_the_busiest_are_named_in_order_and_the_kernel_is_no_program(
    machine: dict[Key, _Process],
) -> None:
    seen = Processes()
    seen.look()
    machine |= {
        (20, 1.0): process("make", 1, 2),
        (21, 1.0): process("python", 1, 2),
        (22, 1.0): process("python", 1, 2),
        (23, 1.0): process("kworker", 2, 9),
        (24, 1.0): process("idler", 1, 0.1),
    }
    seen.look()
    assert seen.busiest(1) == ["python", "make"]


def test_a_real_child_is_ours() -> None:
    seen = Processes()
    seen.look()
    work = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True); input()"
    child = subprocess.Popen(
        [sys.executable, "-c", work], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.readline()
    seen.look()
    child.communicate(b"\n")
    assert seen.ours_s() >= 0.29
