from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.commands.prepare import BUDGETS
from benchmarks.made.make_aihub import MadeSet
from benchmarks.prepare.measure import PrepareRun, measure_prepare
from benchmarks.report.budgets import read_budgets
from benchmarks.report.report import Report, read_report, write_report
from face_detect.command import InputError

Made = tuple[Path, MadeSet]


@pytest.fixture(scope="module")
def told(made: Made) -> Report:
    return measure_prepare(PrepareRun(data=made[0], pictures=16, block=4, haar=True))


def test_every_way_is_timed_on_the_same_blocks(told: Report) -> None:
    assert [(pair.name, len(pair.ours), len(pair.theirs)) for pair in told.pairs] == [
        ("prepare_vs_naive", 4, 4),
        ("prepare_vs_haar", 4, 4),
    ]
    assert told.figures["prepare_vs_naive"] == pytest.approx(
        sum(told.pairs[0].theirs) / sum(told.pairs[0].ours)
    )


def test_both_ways_find_the_same_faces(told: Report) -> None:
    faces = told.facts["faces"]
    assert isinstance(faces, dict)
    assert faces["prepare"] == faces["naive"] > 10


def test_a_worker_holds_what_its_libraries_need_and_is_named_in_the_figures(told: Report) -> None:
    assert told.figures["prepare_worker_peak_mb"] > 100
    assert told.figures["prepare_parent_peak_mb"] > 100
    assert told.figures["prepare_worker_growth_ratio"] > 0


def test_every_bound_is_on_a_figure_that_is_measured(told: Report) -> None:
    assert {each.name for each in read_budgets(BUDGETS)} <= set(told.figures)


def test_four_blocks_are_too_few_to_be_valid_and_the_report_can_be_read_again(
    told: Report, tmp_path: Path
) -> None:
    write_report(tmp_path / "told.json", told)
    again = read_report(tmp_path / "told.json")
    assert again.figures == told.figures
    assert "naive: 4 samples, and 30 is the least" in again.validity.reasons


def test_data_with_fewer_pictures_than_asked_for_are_refused(made: Made) -> None:
    with pytest.raises(InputError, match="fewer than 500"):
        measure_prepare(PrepareRun(data=made[0]))
