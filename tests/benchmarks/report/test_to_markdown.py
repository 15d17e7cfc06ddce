import dataclasses

from benchmarks.report.budgets import Gate
from benchmarks.report.to_markdown import to_markdown
from tests.benchmarks.report.reports import ENVIRONMENT, a_report


def test_a_figure_stands_beside_its_bound() -> None:
    gate = Gate(name="long_tasks", kind="at_most", bound=0, measured=2)
    text = to_markdown(a_report(figures={"long_tasks": 2}, gates=(gate,)))
    assert "(`long_tasks`) | 2 | ≤ 0 | failed |" in text


def test_a_name_with_a_bar_stays_one_cell() -> None:
    odd = dataclasses.replace(ENVIRONMENT, gpu="A | B <i>")
    assert "| GPU | A \\| B &lt;i> |" in to_markdown(a_report(environment=odd))


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for table in to_markdown(a_report()).split("\n\n"):
        rows = [line for line in table.splitlines() if line.startswith("|")]
        assert len({row.count("|") for row in rows}) <= 1
