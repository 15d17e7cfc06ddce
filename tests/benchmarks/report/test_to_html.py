import dataclasses
import re

from benchmarks.report.plots import axis, percent, ridge, timeline
from benchmarks.report.to_html import to_html
from tests.benchmarks.report.reports import ENVIRONMENT, a_report


def test_the_page_runs_no_script_and_asks_for_nothing() -> None:
    text = to_html(a_report())
    assert "<script" not in text
    assert re.findall(r"""(?:src|href)\s*=|url\(|@import|https?://""", text) == []


def test_what_a_browser_calls_itself_is_text_and_not_markup() -> None:
    odd = dataclasses.replace(ENVIRONMENT, browser_name="<b>odd</b>")
    assert "<b>odd" not in to_html(a_report(environment=odd))


def test_every_stage_has_its_distribution_and_a_total_its_timeline() -> None:
    text = to_html(a_report())
    assert text.count('<path class="ridge"') == len(a_report().series)
    assert text.count('<path class="timeline"') == 2


def test_a_report_without_samples_is_a_page_too() -> None:
    assert "<h1>" in to_html(a_report(series=(), pairs=(), figures={}, facts={}))


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"[\d.]+", path)]


def test_a_peak_of_a_long_series_is_not_lost() -> None:
    samples = [1.0] * 10_000
    samples[4567] = 10.0
    assert min(numbers(timeline(samples, 10))[1::2]) == 0


def test_plots_stay_in_their_square() -> None:
    for path in (ridge([1.0, 5.0, 90.0], 10), timeline([1.0, 5.0, 90.0], 10), timeline([1.0], 1)):
        assert all(0 <= number <= 100 for number in numbers(path))


def test_a_distribution_is_highest_where_most_samples_are() -> None:
    points = numbers(ridge([7.0] * 90 + [2.0] * 10, 10))
    highest = min(zip(points[1::2], points[::2], strict=True))
    assert abs(highest[1] - 70) < 3


def test_an_axis_ends_at_a_round_number_that_is_not_below() -> None:
    assert [axis(most) for most in (0, 0.7, 9.9, 10, 12, 31)] == [1, 0.8, 10, 10, 15, 40]
    assert percent(5, 10) == 50
