from typing import Any

import pytest

from benchmarks.page.measure import PageOptions, measure_page
from benchmarks.report.report import Report
from tests.benchmarks.made_site import made_site

SHORT = PageOptions(seconds=2, settle_s=0, rounds=0)


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Of a page that reads every third frame, and that one twice, and leaks with each."""
    site = made_site(tmp_path_factory.mktemp("slow") / "site", every=3, twice=True, leaks=1)
    return measure_page(site, SHORT)


def test_frames_that_the_page_never_looked_at_are_dropped_and_a_repeated_one_is_no_result(
    slow: Report,
) -> None:
    facts: Any = slow.facts
    presented, answered = facts["frames_presented"], facts["frames_answered"]
    # Each third and one at either end; counted twice they would be two thirds.
    assert 0 < answered <= presented / 3 + 2
    # However busy the machine, the page knows which of them it has answered.
    assert presented - answered == pytest.approx(facts["drops_by_the_page"], abs=2)


def test_each_answered_frame_has_its_times_by_stage(slow: Report) -> None:
    counts = {series.stage: len(series.samples) for series in slow.series if series.stage}
    assert counts == dict.fromkeys(("detect", "classify"), slow.facts["frames_answered"])


def test_a_look_of_two_seconds_is_called_invalid(slow: Report) -> None:
    assert any("10 s is the least" in reason for reason in slow.validity.reasons)


def test_tensors_that_stay_behind_are_seen(slow: Report) -> None:
    assert slow.figures["camera_tensor_drift"] > 0
