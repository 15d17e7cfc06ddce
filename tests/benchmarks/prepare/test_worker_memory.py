import subprocess
import sys

import pytest

from benchmarks.prepare.worker_memory import WorkerMemory

_PARENT = """
import subprocess, sys
child = "b = bytearray(300_000_000); b[::4096] = b'x' * len(b[::4096]); del b; import time;"
child += "c = bytearray(150_000_000); c[::4096] = b'x' * len(c[::4096]); time.sleep(3)"
subprocess.run([sys.executable, "-c", child])
"""


def test_a_worker_s_peak_is_what_it_once_held_not_what_it_holds() -> None:
    with WorkerMemory() as memory:
        subprocess.run([sys.executable, "-c", _PARENT], check=True)
    assert memory.worker_peak_bytes > 300_000_000
    assert 100_000_000 < memory.held_bytes[-1] < 250_000_000
    assert memory.parent_peak_bytes < 100_000_000


@pytest.mark.parametrize(
    ("held", "growth"),
    [([1, 2, 5, 5, 5, 5], 1.0), ([1, 2, 5, 5, 5, 10], 2.0), ([9, 9, 5, 5, 5, 5], 1.0), ([5], 1.0)],
)
def test_growth_leaves_out_the_start(held: list[int], growth: float) -> None:
    assert WorkerMemory(held_bytes=held).growth == growth
