import dataclasses

import pytest

from benchmarks.report.compare import Change, compare, slowed
from benchmarks.report.environment import Environment
from benchmarks.report.report import Pairs, Report
from benchmarks.report.validity import Validity
from tests.benchmarks.report.reports import ENVIRONMENT, STAGES_MS, a_report, slower_in, times

TOTAL = "ours/emotion-slim · near · total"


def changes(old: Report, new: Report) -> dict[str, Change]:
    return {change.name: change for change in compare(old, new).changes}


@pytest.mark.parametrize("stage", ["detect", "classify"])
def test_a_page_slowed_on_purpose_is_slower_with_the_right_stage_named(stage: str) -> None:
    found = changes(a_report(), slower_in(stage))
    assert (found[TOTAL].verdict, found[TOTAL].stage) == ("slower", stage)
    verdicts = {name: found[f"ours/emotion-slim · near · {name}"].verdict for name in STAGES_MS}
    assert verdicts == {name: "slower" if name == stage else "the same" for name in STAGES_MS}


def test_a_page_made_faster_is_faster_by_the_stage_that_gave_most() -> None:
    found = changes(slower_in("classify"), a_report())[TOTAL]
    assert (found.verdict, found.stage) == ("faster", "classify")


def test_two_runs_of_the_same_are_the_same() -> None:
    assert {change.verdict for change in compare(a_report(), slower_in("crop", 1)).changes} == {
        "the same"
    }


def test_a_ratio_comes_with_its_interval() -> None:
    found = changes(a_report(), slower_in("detect"))[TOTAL]
    assert found.low is not None and found.high is not None and found.ratio is not None
    assert 1 < found.low < found.ratio < found.high
    assert found.ratio == pytest.approx(found.new / found.old)


@pytest.mark.parametrize(
    ("value", "elsewhere"),
    [
        ("another", dataclasses.replace(ENVIRONMENT, processor="another")),
        ("Firefox 150", dataclasses.replace(ENVIRONMENT, browser_name="Firefox 150")),
        ("webgpu", dataclasses.replace(ENVIRONMENT, backend="webgpu")),
    ],
)
def test_times_of_another_machine_or_browser_do_not_compare_but_ratios_do(
    value: str, elsewhere: Environment
) -> None:
    found = compare(a_report(environment=elsewhere), slower_in("detect"))
    verdicts = {change.name: change.verdict for change in found.changes}
    assert verdicts.pop("frame_slim_vs_faceapi") == "the same"
    assert set(verdicts.values()) == {"not comparable"}
    assert value in found.reasons[0]


def test_a_machine_that_itself_was_slower_is_no_slower_page() -> None:
    sluggish = Validity(reference_ms=(0.9, 0.91))
    found = compare(a_report(), dataclasses.replace(slower_in("detect"), validity=sluggish))
    assert found.reasons == ("the machine takes 1.80 times as long for the same work",)


def test_an_invalid_run_judges_nothing() -> None:
    invalid = Validity(reasons=("the machine was busy",))
    (reason,) = compare(a_report(validity=invalid), a_report()).reasons
    assert reason == "the older run is invalid: the machine was busy"


def race(ours_ms: float) -> Report:
    pairs = Pairs(name="race", ours=times(ours_ms, seed=3), theirs=times(45, seed=4))
    return a_report(figures={"race": pairs.ratio.mean_ratio}, pairs=(pairs,), series=())


def test_a_race_that_is_won_by_less_is_slower() -> None:
    found = changes(race(6), race(9))["race"]
    assert found.verdict == "slower"
    assert found.ratio == pytest.approx(2 / 3)


def test_a_figure_that_was_nothing_has_no_ratio() -> None:
    found = changes(a_report(figures={"leaks": 0}), a_report(figures={"leaks": 3}))["leaks"]
    assert (found.ratio, found.verdict) == (None, "larger")


def test_what_only_one_run_has_is_left_aside() -> None:
    assert changes(a_report(figures={"one": 1}), a_report(figures={"other": 1})).keys() == {
        series.name for series in a_report().series
    }


def test_slower_than_allowed_is_found_in_times_and_in_races() -> None:
    both = compare(a_report(), slower_in("detect", 3))
    assert TOTAL in [change.name for change in slowed(both, 1.5)]
    assert [change.name for change in slowed(compare(race(6), race(12)), 1.5)] == ["race"]
    assert slowed(both, 10) == ()
