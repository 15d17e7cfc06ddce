from pathlib import Path

import pytest

from benchmarks.report.budgets import BUDGETS, judge, missing, read_budgets
from face_detect.command import InputError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "budgets.toml"


def test_bounds_are_kept_up_to_their_very_value(file: Path) -> None:
    file.write_text("[speed]\nat_least = 2\n[drift]\nat_most = 0\n")
    gates = judge({"speed": 2.0, "drift": 0.0}, read_budgets(file))
    assert [gate.passed for gate in gates] == [True, True]


@pytest.mark.parametrize("figures", [{"speed": 1.99}, {"drift": 1}])
def test_what_is_over_its_bound_fails(file: Path, figures: dict[str, float]) -> None:
    file.write_text("[speed]\nat_least = 2\n[drift]\nat_most = 0\n")
    (gate,) = judge(figures, read_budgets(file))
    assert not gate.passed


def test_a_figure_that_was_not_measured_is_told_and_not_judged(file: Path) -> None:
    file.write_text("[speed]\nat_least = 2\nat_most = 9\n")
    budgets = read_budgets(file)
    assert judge({}, budgets) == ()
    assert missing({}, budgets) == ("speed",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[speed]\nat_lest = 2\n", r"\[speed\] has at_lest; only at_least and at_most"),
        ("[speed]\nat_least = '2'\n", r"\[speed\] at_least is '2' and not a number"),
        ("[speed]\nat_least = true\n", "at_least is True and not a number"),
        ("[speed]\nat_least = nan\n", "at_least is nan and not a number"),
        ("[speed]\n", "has neither"),
        ("speed = 2\n", r"write \[speed\]"),
        ("[speed]\nat_least =\n", "line 2"),
    ],
)
def test_a_file_that_says_something_else_is_named(file: Path, text: str, complaint: str) -> None:
    file.write_text(text)
    with pytest.raises(InputError, match=complaint) as error:
        read_budgets(file)
    assert str(error.value).startswith(str(file))


def test_the_projects_own_budgets_bound_every_figure_that_is_promised() -> None:
    assert {budget.name for budget in read_budgets(BUDGETS)} >= {
        "detect_416_vs_faceapi",
        "frame_slim_vs_faceapi",
        "frame_slim_vs_human",
        "frame_b0_vs_faceapi",
        "classify_vs_ort",
        "classify_vs_litert",
        "faces_found_vs_faceapi",
        "camera_results_per_s",
        "camera_dropped_ratio",
        "long_tasks",
        "first_visit_bytes_vs_faceapi",
        "first_result_ms_vs_faceapi",
        "tensor_drift",
    }
