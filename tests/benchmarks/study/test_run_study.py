"""A study of two nets, exported, measured and joined, in a real browser."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.report.report import Report, read_report, write_report
from benchmarks.report.validity import Validity
from benchmarks.study import measure
from benchmarks.study import run_study as module
from benchmarks.study.export_arms import Watching
from benchmarks.study.export_key import export_key
from benchmarks.study.export_worker import export_and_note
from benchmarks.study.measure import TurnOptions
from benchmarks.study.measured_by import measured_by
from benchmarks.study.run_study import StudyOptions, run_study
from export.browser import PageError
from face_detect.command import InputError
from tests.benchmarks.study.made_study import Warping, made_study
from train.lock import lock
from train.nets import NETS
from train.nets.net import Net

FEW = StudyOptions(turns=TurnOptions(frames=4, rounds=2, warmup=1))
ONLY_EXPORT = dataclasses.replace(FEW, only_export=True)


@dataclasses.dataclass(frozen=True)
class Made:
    folder: Path
    report: Report
    begun: list[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """`odd` was tried before, by the very code that another process would run."""
    folder = tmp_path_factory.mktemp("made") / "study"
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(NETS, "warping", Net(Warping))
        made_study(folder, plain="dense:width=8", odd="warping")
        model = folder / "models/odd"
        (folder / "browser").mkdir()
        export_and_note(model, folder / "browser/odd", export_key(model))
    return Made(folder, *called(folder, FEW))


def called(folder: Path, options: StudyOptions) -> tuple[Report, list[str]]:
    """The report, and whose exports were begun."""
    begun: list[str] = []
    watching = Watching(on_line=lambda arm, line: begun.append(arm))
    report = run_study(folder, options, watching)
    return report, [*dict.fromkeys(begun)]


def fact(report: Report, name: str) -> dict[str, Any]:
    arms: Any = report.facts["arms"]
    return next(arm for arm in arms if arm["name"] == name)


def test_a_net_that_exports_has_its_bytes_its_drift_and_its_backend(made: Made) -> None:
    shipped = fact(made.report, "plain")["shipped"]
    assert shipped["backend"] == made.report.environment.backend
    assert shipped["bytes"] > 1000
    assert 0 <= shipped["max_relative"] < 0.1


def test_every_frame_and_every_start_of_it_is_a_sample(made: Made) -> None:
    counts = {series.name: len(series.samples) for series in made.report.series}
    assert counts["plain · frame · total"] == counts["plain · frame · classify"] == 4
    assert counts["plain · load · ready"] == counts["plain · load · first frame"] == 2
    assert not any(name.startswith("odd") for name in counts)


def test_a_net_that_does_not_export_is_told_with_its_operator(made: Made) -> None:
    assert fact(made.report, "odd")["refusal"]["operators"] == ("aten::grid_sampler",)
    (row,) = made.report.tables[1].rows
    assert (row[0], row[3]) == ("odd", "aten::grid_sampler")
    assert row[4].startswith("UnsupportedOperatorError: Exporting the operator")
    page = (made.folder / "browser/report.html").read_text("utf-8")
    assert "aten::grid_sampler" in page


def test_both_plots_have_the_net_that_was_measured(made: Made) -> None:
    assert [[dot.name for dot in plot.points] for plot in made.report.scatters] == [["plain"]] * 2
    assert all(plot.points[0].best for plot in made.report.scatters)


def test_too_few_samples_are_shown_as_invalid(made: Made) -> None:
    assert "plain · frame: 4 samples, and 30 is the least" in made.report.validity.reasons
    for ending in ("html", "md"):
        text = (made.folder / f"browser/report.{ending}").read_text("utf-8")
        assert "INVALID" in text, ending


def test_a_second_call_exports_nothing(made: Made) -> None:
    report, begun = called(made.folder, ONLY_EXPORT)
    assert (made.begun, begun) == (["plain"], [])
    assert fact(report, "plain")["shipped"] == fact(made.report, "plain")["shipped"]


@pytest.fixture
def valid(made: Made) -> Iterator[Path]:
    """The samples, as if nothing else had been at work."""
    path = made.folder / "browser" / module.SAMPLES
    before = read_report(path)
    write_report(path, dataclasses.replace(before, validity=Validity()))
    yield path
    write_report(path, before)


def test_a_valid_measurement_is_kept(
    made: Made, valid: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "measure_arms", None)
    report, _ = called(made.folder, FEW)
    assert report.validity.valid
    assert [each.samples for each in report.series] == [each.samples for each in made.report.series]


@pytest.mark.parametrize(
    ("turns", "change"),
    [
        ({"frames": 5}, {}),
        ({"warmup": 2}, {}),
        ({}, {"chromium": "Chromium 1"}),
        ({}, {"code": "another"}),
    ],
)
def test_what_is_measured_otherwise_is_measured_anew(
    made: Made,
    valid: Path,
    monkeypatch: pytest.MonkeyPatch,
    turns: dict[str, int],
    change: dict[str, str],
) -> None:
    def interrupted(*arguments: object) -> Report:
        raise InterruptedError

    monkeypatch.setattr(module, "measure_arms", interrupted)
    monkeypatch.setattr(module, "measured_by", lambda turns: measured_by(turns) | change)
    other = dataclasses.replace(FEW, turns=dataclasses.replace(FEW.turns, **turns))
    with pytest.raises(InterruptedError):
        run_study(made.folder, other)


def test_a_net_that_the_page_cannot_run_leaves_the_others_valid(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = measure._Arena.turn

    def failing(arena: measure._Arena, arm: str, number: int, told: measure._Told) -> None:
        if arm == "bad":
            raise PageError("no such kernel")
        turn(arena, arm, number, told)

    monkeypatch.setattr(measure._Arena, "turn", failing)
    site = made.folder / "browser" / "plain" / "site"
    report = measure.measure_arms({"bad": site, "plain": site}, FEW.turns)
    assert report.facts["faults"] == {"bad": "no such kernel"}
    assert {series.name.split(" · ")[0] for series in report.series} == {"plain"}
    assert not any(reason.startswith("bad") for reason in report.validity.reasons)


def test_two_processes_never_work_on_one_study(made: Made) -> None:
    held = lock(made.folder / "browser")
    assert held is not None
    with held, pytest.raises(InputError, match="another process is at work"):
        run_study(made.folder, FEW)
