import dataclasses

import numpy as np
import pytest

from benchmarks.report.compare import Change, compare, slowed
from benchmarks.report.environment import Environment
from benchmarks.report.report import Pairs, Report, Series
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
    found = compare(a_report(validity=invalid), slower_in("detect", 3))
    assert found.reasons == ("the older run is invalid: the machine was busy",)
    assert {change.verdict for change in found.changes} == {"not comparable"}


def race(ours_ms: float, count: int = 60) -> Report:
    ours, theirs = times(ours_ms, count, seed=3), times(45, count, seed=4)
    pairs = Pairs(name="race", ours=ours, theirs=theirs)
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


def post_of(*samples: float) -> Report:
    series = Series(name="ours · post", unit="ms", samples=samples, stage="post", of="ours")
    return a_report(series=(series,), figures={}, pairs=())


def on_a_coarse_clock(seed: int, mean_ms: float = 0.05) -> Report:
    """A tenth of a millisecond is the clock's least, so a short stage often takes none."""
    return post_of(*np.round(np.random.default_rng(seed).exponential(mean_ms, 60), 1).tolist())


def test_a_stage_that_often_takes_0_is_never_slower_than_itself() -> None:
    pairs = [(on_a_coarse_clock(seed), on_a_coarse_clock(seed + 1)) for seed in range(0, 20, 2)]
    assert all(min(old.series[0].samples) == 0 for old, _ in pairs)
    means = [[np.mean(run.series[0].samples) for run in pair] for pair in pairs]
    assert any(new > 1.1 * old for old, new in means)
    assert [slowed(compare(old, new), 1.1) for old, new in pairs] == [()] * len(pairs)


def test_a_stage_that_often_takes_0_and_becomes_slow_is_found() -> None:
    found = compare(on_a_coarse_clock(1), on_a_coarse_clock(2, mean_ms=0.5))
    assert [change.verdict for change in slowed(found, 2)] == ["slower"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (post_of(1), post_of(9)),
        (post_of(1, 1, 1, 1), post_of(9, 9, 9, 9)),
        (post_of(*[0.0] * 60), post_of(*[9.0] * 60)),
        (race(6, count=4), race(12, count=4)),
    ],
    ids=["one sample", "four samples", "only zeros", "a race of four"],
)
def test_what_says_too_little_is_never_slower(old: Report, new: Report) -> None:
    (change,) = compare(old, new).changes
    assert (change.verdict, change.low) == ("not comparable", None)
    assert slowed(compare(old, new), 1) == ()


def test_slower_is_judged_by_the_end_of_the_interval_that_is_nearer_to_1() -> None:
    stage = compare(a_report(), slower_in("detect", 1.5))
    (change,) = (one for one in stage.changes if one.name.endswith("detect"))
    assert change.low is not None and change.ratio is not None
    assert change in slowed(stage, change.low - 0.01)
    assert change not in slowed(stage, (change.low + change.ratio) / 2)
    won = compare(race(6), race(9))
    (change,) = won.changes
    assert change.high is not None and change.ratio is not None
    assert change in slowed(won, 1 / change.high - 0.01)
    assert change not in slowed(won, 2 / (change.high + change.ratio))


def test_no_stage_is_named_where_none_moved_the_way_the_total_did() -> None:
    old, new = a_report(), slower_in("detect")
    moved = tuple(one for one in new.series if one.stage == "total")
    stages = tuple(one for one in old.series if one.of != "face-api" and one.stage != "total")
    found = changes(old, dataclasses.replace(new, series=(*stages, *moved)))[TOTAL]
    assert (found.verdict, found.stage) == ("slower", None)
