import argparse
import csv
import json
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from rich.console import Console

from benchmarks.report.deliver import check_outputs, deliver, output_arguments
from benchmarks.report.report import SCHEMA, Report, write_report
from benchmarks.report.validity import Validity
from face_detect.command import InputError
from tests.benchmarks.report.reports import a_report, slower_in

INVALID = a_report(validity=Validity(reasons=("other programs took 40%",)))
SLOW = {"frame_slim_vs_faceapi": 4.9}


def chosen(*arguments: object) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    output_arguments(parser)
    return parser.parse_args([str(argument) for argument in arguments])


def delivered(report: Report, *arguments: object) -> tuple[int, str]:
    console = Console(width=80, file=StringIO())
    with console.capture() as shown:
        code = deliver(report, chosen(*arguments), console)
    return code, shown.get()


def test_within_the_budgets_is_exit_0() -> None:
    assert delivered(a_report())[0] == 0


def test_over_a_budget_is_exit_1_and_says_what_was_allowed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, shown = delivered(a_report(figures=SLOW))
    assert code == 1
    assert "failed" in shown
    said = capsys.readouterr().err
    assert said == "error: frame_slim_vs_faceapi: measured 4.9, allowed at least 5\n"


def test_an_invalid_run_is_exit_3_whatever_it_measured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, shown = delivered(a_report(figures=SLOW, validity=INVALID.validity))
    assert code == 3
    assert "INVALID" in shown
    assert "other programs took 40%" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "word"), [("markdown", "INVALID"), ("html", "INVALID"), ("json", '"valid": false')]
)
def test_every_form_says_that_a_run_is_invalid_and_why(
    tmp_path: Path, form: str, word: str
) -> None:
    delivered(INVALID, f"--{form}", tmp_path / "file")
    text = (tmp_path / "file").read_text()
    assert word in text
    assert "other programs took 40%" in text


def test_a_csv_holds_every_sample_of_series_and_pairs(tmp_path: Path) -> None:
    report = a_report()
    delivered(report, "--csv", tmp_path / "samples.csv")
    with (tmp_path / "samples.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for series in report.series:
        kept = [float(row["value"]) for row in rows if row["series"] == series.name]
        assert tuple(kept) == series.samples
    kept = [float(row["value"]) for row in rows if row["series"].endswith(" · theirs")]
    assert tuple(kept) == report.pairs[0].theirs


def test_a_comparison_is_in_the_json_too(tmp_path: Path) -> None:
    write_report(tmp_path / "old.json", a_report())
    new = tmp_path / "new.json"
    code, shown = delivered(slower_in("detect"), "--compare", tmp_path / "old.json", "--json", new)
    assert (code, "slower, most in detect" in shown) == (0, True)
    document = json.loads(new.read_text())
    jsonschema.validate(document, json.loads(SCHEMA.read_text()))
    assert document["comparison"]["changes"][-1]["stage"] == "detect"


def test_slower_than_asked_for_is_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.json"
    write_report(old, a_report())
    asked = ("--compare", old, "--fail-on-slower")
    assert delivered(slower_in("detect", 3), *asked, 1.5)[0] == 1
    assert "total: slower" in capsys.readouterr().err
    assert delivered(slower_in("detect", 3), *asked, 10)[0] == 0


def test_where_nothing_compares_no_one_is_told_that_nothing_is_slower(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.json"
    asked = ("--compare", old, "--fail-on-slower", 1.5)
    write_report(old, INVALID)
    assert delivered(a_report(), *asked)[0] == 3
    assert "error: nothing to compare: the older run is invalid" in capsys.readouterr().err
    write_report(old, a_report(figures={}, series=()))
    assert delivered(a_report(), *asked)[0] == 3
    assert "error: nothing to compare: the two runs share nothing" in capsys.readouterr().err


def test_a_broken_bound_is_exit_1_even_where_nothing_compares(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    write_report(old, INVALID)
    asked = ("--compare", old, "--fail-on-slower", 1.5)
    assert delivered(a_report(figures=SLOW), *asked)[0] == 1


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        delivered(a_report(facts={"speed": float("inf")}), "--json", tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--json", "nowhere/a.json"), "its folder does not exist"),
        (("--html", "."), "is a folder"),
        (("--compare", "nowhere.json"), "does not exist"),
        (("--budgets", "nowhere.toml"), "does not exist"),
        (("--fail-on-slower", 2), "needs --compare"),
    ],
)
def test_what_would_fail_afterwards_is_told_before(
    arguments: tuple[object, ...], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        check_outputs(chosen(*arguments))


def test_the_table_fits_a_terminal_of_80_columns() -> None:
    _, shown = delivered(a_report())
    assert max(len(line) for line in shown.splitlines()) <= 80
    (line,) = (line for line in shown.splitlines() if line.lstrip().startswith("detect"))
    assert len(line.split()) == 7


def test_of_a_comparison_the_table_names_what_changed_and_counts_the_rest(tmp_path: Path) -> None:
    write_report(tmp_path / "old.json", a_report(series=slower_in("crop", 1).series))
    _, shown = delivered(slower_in("detect"), "--compare", tmp_path / "old.json")
    changed = shown.partition("since")[2]
    assert "detect" in changed
    assert "classify" not in changed
    assert "the same: 6 of 8" in changed
