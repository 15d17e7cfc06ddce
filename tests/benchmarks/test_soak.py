import pytest

from benchmarks.report.report import Report
from benchmarks.soak import SoakOptions, measure_soak, tenths
from tests.benchmarks.made_site import made_site

FRAMES = 300


@pytest.fixture(scope="module")
def leaking(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Of a worker that forgets two tensors a frame."""
    site = made_site(tmp_path_factory.mktemp("soak") / "site", leaks=2)
    return measure_soak(site, SoakOptions(frames=FRAMES, warmup=10))


def test_a_leak_is_found_with_its_size(leaking: Report) -> None:
    assert leaking.figures["tensor_drift"] == 2 * FRAMES


def test_every_frame_is_kept(leaking: Report) -> None:
    (latency, memory) = leaking.series
    assert (len(latency.samples), len(memory.samples)) == (FRAMES, FRAMES // 100)
    assert min(memory.samples) > 10


def test_the_first_tenth_is_held_against_the_last() -> None:
    assert tenths([float(i) for i in range(30)]) == ([0, 1, 2], [27, 28, 29])
