from pathlib import Path

from benchmarks.report.report import Report, Series
from benchmarks.report.validity import Validity
from benchmarks.study.arm_export import ArmExport, Refusal, Shipped
from benchmarks.study.arms import Arm, Share, StudyArms
from benchmarks.study.export_arms import Exports
from benchmarks.study.study_report import study_report
from tests.benchmarks.report.reports import ENVIRONMENT, times

SHIPPED = Shipped(variant="u8", bytes=1, backend="simd", max_relative=0, flips=0, mean_kl=0)
WORTHS = {"slow": 0.7, "poor": 0.4, "quick": 0.5}
TIMES_MS = {"slow": 40.0, "poor": 20.0, "quick": 10.0}


def report_of(*, troubles: dict[str, str] | None = None) -> Report:
    """Three that export, one that does not, one that was never trained."""
    shares = {name: Share(mean=mean) for name, mean in WORTHS.items()}
    arms = [
        Arm(name=name, model=Path(name), accuracy=share, macro_f1=share)
        for name, share in shares.items()
    ]
    odd = Refusal(error="UnsupportedOperatorError", message="uses Det", operators=("Det",))
    samples = [
        Series(name=f"{name} · frame · total", unit="ms", samples=times(mean_ms), stage="total")
        for name, mean_ms in TIMES_MS.items()
    ]
    return study_report(
        StudyArms(
            name="made",
            arms=(*arms, Arm(name="odd", model=Path("odd")), Arm(name="later", model=None)),
            reference="slow",
        ),
        Exports(
            done={
                **{name: ArmExport(key="k", shipped=SHIPPED) for name in WORTHS},
                "odd": ArmExport(key="k", refusal=odd),
            },
            troubles=troubles or {},
        ),
        Report(
            benchmark="study",
            environment=ENVIRONMENT,
            validity=Validity(),
            figures={},
            series=tuple(samples),
        ),
    )


def test_the_table_begins_with_the_line_from_quick_to_slow() -> None:
    rows = report_of().tables[0].rows
    assert [row[:2] for row in rows] == [("quick", "AF"), ("slow", "AF"), ("poor", "")]


def test_each_is_told_as_so_many_times_as_fast_as_the_studys_reference() -> None:
    ratios = {pairs.name: pairs.ratio.mean_ratio for pairs in report_of().pairs}
    assert ratios.keys() == {"frame_poor_vs_slow", "frame_quick_vs_slow"}
    assert round(ratios["frame_quick_vs_slow"], 3) == 4


def test_what_is_not_in_the_browser_stands_there_with_its_reason() -> None:
    (_, missing) = report_of().tables
    told = {row[0]: row[3:] for row in missing.rows}
    assert told == {
        "odd": ("Det", "UnsupportedOperatorError: uses Det"),
        "later": ("–", "no run has finished"),
    }


def test_an_export_that_the_machine_prevented_makes_it_invalid() -> None:
    assert report_of(troubles={"odd": "no disk"}).validity.reasons == (
        "odd: not exported: no disk",
    )
