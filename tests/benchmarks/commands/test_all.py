from pathlib import Path

import pytest

from benchmarks.__main__ import parser
from benchmarks.commands.all import with_missing
from benchmarks.report.validity import Validity
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
    for name in ("all", "frame", "page", "peers", "load", "soak", "native", "export"):
        with pytest.raises(SystemExit):
            parser().parse_args([name, "--help"])
        assert f"python -m benchmarks {name}" in capsys.readouterr().out.split("\n\n", 1)[1], name
