import math

import pytest

from benchmarks.report.statistics import summarise
from face_detect.command import MachineError


def test_known_samples_give_known_figures() -> None:
    summary = summarise([4.0, 1.0, 3.0, 2.0, 5.0])
    assert (summary.count, summary.min, summary.p50, summary.mean, summary.max) == (5, 1, 3, 3, 5)
    assert summary.sd == pytest.approx(math.sqrt(2.5))


def test_percentiles_interpolate_between_neighbours() -> None:
    summary = summarise([float(i) for i in range(101)])
    assert (summary.p90, summary.p95, summary.p99) == pytest.approx((90, 95, 99))
    assert summarise([0.0, 10.0]).p90 == pytest.approx(9)


def test_an_outlier_is_kept() -> None:
    summary = summarise([*[10.0] * 99, 1000.0])
    assert summary.max == 1000
    assert summary.mean == pytest.approx(19.9)
    assert summary.p50 == 10


def test_equal_samples_leave_no_doubt_about_the_median() -> None:
    summary = summarise([7.0] * 20)
    assert (summary.sd, summary.p50_low, summary.p50_high) == (0, 7, 7)


def test_the_interval_holds_the_median_and_narrows_with_more_samples() -> None:
    few, many = (summarise([float(i % 10) for i in range(n)]) for n in (20, 2000))
    assert few.p50_low <= few.p50 <= few.p50_high
    assert many.p50_high - many.p50_low < few.p50_high - few.p50_low


def test_the_same_samples_give_the_same_interval_again() -> None:
    samples = [float(i * i % 17) for i in range(50)]
    assert summarise(samples) == summarise(samples)


@pytest.mark.parametrize("samples", [[], [1.0, math.nan], [math.inf], [-0.1]])
def test_an_invalid_measurement_is_the_machines_fault(samples: list[float]) -> None:
    with pytest.raises(MachineError, match="invalid"):
        summarise(samples)


def test_a_single_sample_has_no_spread() -> None:
    assert summarise([3.0]).sd == 0
