import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.all import OnStep, Part, measure_all, nothing_measured
from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Validity
from benchmarks.site import Site, read_site
from face_detect.command import MachineError
from tests.benchmarks.report.reports import ENVIRONMENT, a_report
from tests.benchmarks.test_site import build_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return read_site(build_site(tmp_path))


def part(name: str, measure: Callable[[Site, OnStep], Report]) -> Part:
    return Part(name=name, measure=measure, steps={}, expected_s=1)


def giving(name: str, report: Report) -> Part:
    return part(name, lambda site, on_step: report)


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
    kept = {"page": busy, "load": calm}
    found = measure_all(
        site, [giving(name, dataclasses.replace(only(), validity=kept[name])) for name in kept]
    )
    assert found.validity.reasons == ("page: busy",)
    assert (found.validity.others_share, found.validity.reference_ms) == (0.4, (1.0, 2.0))


def test_parts_on_different_backends_say_nothing_together(site: Site) -> None:
    parts = []
    for name, backend in (("peers", "simd"), ("page", "wasm"), ("load", None)):
        environment = dataclasses.replace(ENVIRONMENT, backend=backend)
        parts.append(giving(name, dataclasses.replace(only(), environment=environment)))
    found = measure_all(site, parts)
    assert found.validity.reasons == (
        "the parts ran on different backends: peers on simd, page on wasm",
    )
    facts: Any = found.facts
    assert {name: facts[name]["backend"] for name in facts} == {
        "peers": "simd",
        "page": "wasm",
        "load": None,
    }


def test_a_name_that_two_parts_give_makes_it_invalid(site: Site) -> None:
    one = dataclasses.replace(only(a=1), series=(Series(name="s", unit="ms", samples=(1.0,)),))
    found = measure_all(site, [giving("peers", one), giving("page", one)])
    assert found.validity.reasons == ("a is of more than one part", "s is of more than one part")


def test_another_models_page_does_not_pass_for_that_of_emotion_slim(site: Site) -> None:
    taken = only(camera_results_per_s=30, first_visit_bytes=9, long_tasks=0)
    found = measure_all(site, [giving("page", taken)])
    assert found.figures == {"long_tasks": 0}
    name = site.contract.name
    reason = f"camera_* and first_* are of emotion-slim, and the site's default model is {name}"
    assert found.validity.reasons == (reason,)


def test_of_emotion_slim_every_figure_is_kept(site: Site) -> None:
    contract = dataclasses.replace(site.contract, name="emotion-slim")
    slim = dataclasses.replace(site, contract=contract)
    taken = only(camera_results_per_s=30, first_visit_bytes=9)
    found = measure_all(slim, [giving("page", taken)])
    assert (found.figures, found.validity.valid) == (taken.figures, True)


def test_without_a_site_there_is_a_report_of_why() -> None:
    found = nothing_measured("the export failed: no models")
    assert (found.figures, found.validity.reasons) == ({}, ("the export failed: no models",))


def test_each_part_tells_its_own_progress(site: Site) -> None:
    told: list[tuple[str, str, float]] = []

    def measure(site: Site, on_step: OnStep) -> Report:
        on_step("rounds", 1)
        return a_report()

    def on_part(begun: Part) -> OnStep:
        return lambda what, done: told.append((begun.name, what, done))

    measure_all(site, [part("load", measure)], on_part)
    assert told == [("load", "rounds", 1)]
