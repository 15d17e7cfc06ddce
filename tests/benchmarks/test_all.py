import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.all import OnStep, Part, measure_all
from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Validity
from benchmarks.site import Site, read_site
from face_detect.command import MachineError
from tests.benchmarks.report.reports import a_report
from tests.benchmarks.test_site import build_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return read_site(build_site(tmp_path))


def part(name: str, measure: Callable[[Site, OnStep], Report], *figures: str) -> Part:
    return Part(name=name, measure=measure, steps={}, expected_s=1, figures=figures)


def giving(name: str, report: Report, *figures: str) -> Part:
    return part(name, lambda site, on_step: report, *figures)


def failing(error: BaseException) -> Part:
    def measure(site: Site, on_step: OnStep) -> Report:
        raise error

    return part("peers", measure)


def only(**figures: float) -> Report:
    return a_report(figures=figures, series=(), pairs=())


def test_all_figures_of_all_parts_are_in_one_report(site: Site) -> None:
    found = measure_all(site, [giving("peers", only(a=1)), giving("page", only(b=2))])
    assert (found.benchmark, found.figures, found.validity.valid) == ("all", {"a": 1, "b": 2}, True)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (MachineError("no network"), "peers: no network"),
        (KeyError("a fault of ours"), "peers: KeyError: 'a fault of ours'"),
    ],
)
def test_a_part_that_fails_costs_only_its_own_figures(
    site: Site, error: Exception, reason: str
) -> None:
    found = measure_all(site, [failing(error), giving("page", only(b=2))])
    assert found.figures == {"b": 2}
    assert found.validity.reasons == (reason,)


def test_samples_that_say_nothing_are_their_parts_failure(site: Site) -> None:
    empty = a_report(series=(Series(name="none", unit="ms", samples=()),))
    found = measure_all(site, [giving("peers", empty), giving("page", only(b=2))])
    assert (found.figures, found.series) == ({"b": 2}, ())
    assert not found.validity.valid


def test_an_interruption_ends_all(site: Site) -> None:
    with pytest.raises(KeyboardInterrupt):
        measure_all(site, [failing(KeyboardInterrupt())])


def test_nothing_measured_at_all_is_a_report_too(site: Site) -> None:
    found = measure_all(site, [failing(MachineError("no browser"))])
    assert set(found.environment.models) == {"first", "second"}
    assert found.validity.reasons == ("peers: no browser",)


def test_a_reason_says_whose_it_is_and_the_worst_share_counts(site: Site) -> None:
    busy = Validity(reasons=("busy",), others_share=0.4, reference_ms=(1.0,))
    calm = Validity(others_share=0.1, reference_ms=(2.0,))
    reports = {name: a_report(validity=kept) for name, kept in (("page", busy), ("load", calm))}
    found = measure_all(site, [giving(name, report) for name, report in reports.items()])
    assert found.validity.reasons == ("page: busy",)
    assert (found.validity.others_share, found.validity.reference_ms) == (0.4, (1.0, 2.0))


def test_a_figure_belongs_to_the_part_that_owns_it(site: Site) -> None:
    page, soak = giving("page", only(drift=3)), giving("soak", only(drift=0), "drift")
    assert measure_all(site, [page, soak]).figures == {"page_drift": 3, "drift": 0}


def test_series_of_the_same_name_are_kept_apart(site: Site) -> None:
    series = a_report().series[:1]
    report = dataclasses.replace(a_report(), series=series)
    found = measure_all(site, [giving("peers", report), giving("soak", report)])
    name = series[0].name
    assert [each.name for each in found.series] == [name, f"soak · {name}"]


def test_each_part_tells_its_own_progress(site: Site) -> None:
    told: list[tuple[str, str, float]] = []

    def measure(site: Site, on_step: OnStep) -> Report:
        on_step("rounds", 1)
        return a_report()

    def on_part(begun: Part) -> OnStep:
        return lambda what, done: told.append((begun.name, what, done))

    measure_all(site, [part("load", measure)], on_part)
    assert told == [("load", "rounds", 1)]
