from io import StringIO

import pytest
from rich.console import Console

from benchmarks.all import Part
from benchmarks.commands.parts_progress import PartsProgress
from tests.benchmarks.report.reports import a_report

PART = Part(
    name="page",
    measure=lambda site, on_step: a_report(),
    steps={"seconds": 60, "rounds": 5},
    expected_s=100,
)


@pytest.fixture
def shown() -> PartsProgress:
    return PartsProgress(400, Console(file=StringIO(), force_terminal=True))


def completed(shown: PartsProgress) -> float:
    return float(shown._progress.tasks[0].completed)


def test_each_step_moves_the_bar_by_its_share_of_the_expected_time(shown: PartsProgress) -> None:
    step = shown.begin(PART)
    step("seconds", 30)
    assert completed(shown) == 25
    step("rounds", 5)
    assert completed(shown) == 75


def test_what_a_part_does_besides_moves_nothing(shown: PartsProgress) -> None:
    shown.begin(PART)("surprises", 7)
    assert completed(shown) == 0


def test_a_part_that_is_over_counts_whole_however_far_it_came(shown: PartsProgress) -> None:
    shown.finish(150)
    shown.begin(PART)
    shown.begin(PART)
    assert completed(shown) == 250


def test_where_there_is_no_terminal_each_part_is_a_line() -> None:
    file = StringIO()
    with PartsProgress(100, Console(file=file)) as shown:
        shown.begin(PART)("seconds", 1)
    assert file.getvalue() == "page\n"
