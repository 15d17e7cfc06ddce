import math

import pytest

from benchmarks.report.statistics import growth_interval, growth_of_pairs, ratio_of, summarise
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


def test_a_ratio_is_that_of_the_means_and_not_the_mean_of_ratios() -> None:
    found = ratio_of(ours=[1.0, 3.0], theirs=[2.0, 18.0])
    assert (found.mean_ratio, found.p50, found.min, found.max) == (5, 4, 2, 6)


def test_pairs_that_agree_leave_no_doubt_about_the_ratio() -> None:
    ours = [1.0, 5.0, 2.0, 9.0]
    found = ratio_of(ours, [3 * value for value in ours])
    assert (found.low, found.high) == pytest.approx((3, 3))


def test_the_interval_of_a_ratio_holds_it() -> None:
    ours = [float(1 + i % 7) for i in range(100)]
    found = ratio_of(ours, [float(8 + i % 5) for i in range(100)])
    assert found.low < found.mean_ratio < found.high


@pytest.mark.parametrize(("ours", "theirs"), [([1.0], [1.0, 2.0]), ([0.0], [1.0]), ([], [])])
def test_pairs_that_are_none_are_the_machines_fault(ours: list[float], theirs: list[float]) -> None:
    with pytest.raises(MachineError, match="invalid"):
        ratio_of(ours, theirs)


def test_growth_between_two_runs_is_found_with_its_interval() -> None:
    before = [float(10 + i % 3) for i in range(200)]
    low, high = growth_interval(before, [1.5 * value for value in before])
    assert 1.4 < low < 1.5 < high < 1.6


def test_growth_from_samples_that_are_mostly_0_has_finite_bounds() -> None:
    low, high = growth_interval([0.0] * 59 + [0.1], [0.1] * 60)
    assert 0 < low < 60
    assert high == pytest.approx(60)


def test_growth_from_nothing_but_0_is_none() -> None:
    with pytest.raises(MachineError, match="invalid"):
        growth_interval([0.0] * 60, [0.1] * 60)


def test_a_race_won_by_half_as_much_is_seen_between_two_runs() -> None:
    ours, theirs = [2.0, 2.5, 3.0] * 20, [20.0, 26.0, 29.0] * 20
    low, high = growth_of_pairs((ours, theirs), ([2 * value for value in ours], theirs))
    assert low < 0.5 < high
    assert high - low < 0.1


def test_a_long_series_is_resampled_in_parts_with_the_same_care() -> None:
    found = summarise([float(i % 100) for i in range(10_000)])
    assert 45 < found.p50_low <= found.p50 <= found.p50_high < 54
