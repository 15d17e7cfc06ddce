import sys
from pathlib import Path

import pytest

from benchmarks import __main__ as program
from benchmarks import export_site as exporting
from benchmarks.__main__ import parser
from benchmarks.commands.all import with_missing
from benchmarks.report.report import read_report
from benchmarks.report.validity import Validity
from face_detect.command import FacecastError, MachineError
from tests.benchmarks.report.reports import a_report


@pytest.fixture
def budgets(tmp_path: Path) -> Path:
    (tmp_path / "budgets.toml").write_text("[speed]\nat_least = 1\n[drift]\nat_most = 0\n")
    return tmp_path / "budgets.toml"


def test_a_figure_that_all_owes_and_does_not_have_makes_it_invalid(budgets: Path) -> None:
    told = a_report(figures={"speed": 2}, validity=Validity(reasons=("peers: no network",)))
    reasons = with_missing(told, budgets).validity.reasons
    assert reasons == ("peers: no network", "not measured: drift")


def test_with_every_figure_it_stays_as_it_was(budgets: Path) -> None:
    report = a_report(figures={"speed": 2, "drift": 0})
    assert with_missing(report, budgets) is report


def test_every_command_teaches_its_use(capsys: pytest.CaptureFixture[str]) -> None:
    for name in (
        "all",
        "frame",
        "page",
        "peers",
        "load",
        "soak",
        "native",
        "export",
        "study",
        "made-aihub",
        "prepare",
    ):
        with pytest.raises(SystemExit):
            parser().parse_args([name, "--help"])
        assert f"python -m benchmarks {name}" in capsys.readouterr().out.split("\n\n", 1)[1], name


def exit_code(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> object:
    monkeypatch.setattr(sys, "argv", ["benchmarks", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        program.main()
    return ended.value.code


def test_an_export_that_fails_is_an_invalid_report_without_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(out: Path, on_line: object) -> Path:
        raise MachineError("the export failed: no models")

    monkeypatch.setattr(exporting, "export_site", fail)
    file = tmp_path / "today.json"
    assert exit_code(monkeypatch, "all", "--json", file) == 3
    report = read_report(file)
    assert (report.benchmark, report.figures) == ("all", {})
    assert report.validity.reasons[0] == "the export failed: no models"


def test_an_error_that_elsewhere_ends_with_1_is_no_broken_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def throw() -> int:
        raise FacecastError("the page threw")

    monkeypatch.setattr(program, "_run", throw)
    assert exit_code(monkeypatch) == 3


def test_a_broken_bound_ends_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_run", lambda: 1)
    assert exit_code(monkeypatch) == 1
