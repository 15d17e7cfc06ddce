import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks.export_stages import measure_export, stages_of
from benchmarks.report.report import Report
from export.options import Options
from export.stages import Watch, stage_count

LARGE_MB = 400


def made_export(options: Options, watch: Watch) -> None:
    """Three steps, the second with a large array, the last one slow."""
    watch("read", "")
    watch("onnx", "emotion")
    begun_s = time.monotonic()
    large = np.ones(LARGE_MB * 125_000)
    while time.monotonic() < begun_s + 0.3:
        large += 1
    del large
    watch("site", "")
    time.sleep(2 * (time.monotonic() - begun_s))
    options.out.mkdir()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("export.pipeline.export", made_export)
        out = tmp_path_factory.mktemp("never") / "dist"
        report = measure_export(Options(models=(), out=out))
    assert not Path(out).exists()
    return report


def test_the_step_that_takes_longest_and_the_one_that_holds_most_are_named(report: Report) -> None:
    assert report.facts == {"slowest": "site", "largest": "emotion · onnx"}


def test_a_steps_memory_is_its_own(report: Report) -> None:
    peaks = {series.name: series.samples[0] for series in report.series if series.unit == "MB"}
    during, after = (peaks[f"{name} · peak memory"] for name in ("emotion · onnx", "site"))
    assert during - after > LARGE_MB / 2


def test_the_whole_is_the_sum_of_its_steps(report: Report) -> None:
    seconds = [series.samples[0] for series in report.series if series.unit == "s"]
    assert report.figures["export_seconds"] == pytest.approx(sum(seconds))


@pytest.mark.parametrize("data", [(), (Path("faces"),)])
def test_a_step_for_labelled_data_is_counted_only_where_there_are_some(
    data: tuple[Path, ...],
) -> None:
    options = Options(models=(Path("a"), Path("b")), data=data)
    assert stages_of(options) == stage_count(2, accuracy=bool(data), compare=False)
