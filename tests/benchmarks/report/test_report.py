import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from benchmarks.report.report import SCHEMA, Series, read_report, write_report
from face_detect.command import InputError
from tests.benchmarks.report.reports import a_report

RULES = json.loads(SCHEMA.read_text())
SOMETIMES = {"tables", "scatters"}
"""Only some benchmarks have them, and files from before they came stay readable."""


def objects(rules: Any) -> Iterator[dict[str, Any]]:
    """Every rule of the schema that names an object's fields."""
    inner = rules.values() if isinstance(rules, dict) else rules if isinstance(rules, list) else ()
    if isinstance(rules, dict) and "properties" in rules:
        yield rules
    for each in inner:
        yield from objects(each)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_report(tmp_path / "report.json", a_report())
    return tmp_path / "report.json"


@pytest.fixture
def written(file: Path) -> Any:
    return json.loads(file.read_text())


def test_what_is_written_fits_the_schema(written: Any) -> None:
    jsonschema.validate(written, RULES)


def test_the_schema_requires_every_field_that_is_written(written: Any) -> None:
    assert set(RULES["required"]) == set(written)
    for each in objects(RULES):
        assert set(each["properties"]) - set(each["required"]) == (
            SOMETIMES if each is RULES else set()
        )
        assert each["additionalProperties"] is False


@pytest.mark.parametrize("field", RULES["required"])
def test_a_report_without_a_field_does_not_fit(written: Any, field: str) -> None:
    del written[field]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, RULES)


def test_another_version_does_not_pass_for_this_one(written: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written, "version": 3}, RULES)


def test_figures_are_a_flat_map_at_the_top(written: Any) -> None:
    assert set(written["figures"]) == {"frame_slim_vs_faceapi", "tensor_drift"}


def test_every_sample_is_kept_in_its_order(written: Any) -> None:
    kept = [tuple(series["samples"]) for series in written["series"]]
    assert kept == [series.samples for series in a_report().series]


def test_what_was_kept_is_read_back(file: Path) -> None:
    assert read_report(file) == a_report()


def test_the_stages_of_one_thing_are_one_group() -> None:
    groups = {series.group for series in a_report().series}
    assert groups == {"ours/emotion-slim · near", "face-api · near"}


def test_a_report_that_cannot_be_written_leaves_the_old_one(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(ValueError, match="JSON"):
        write_report(file, a_report(figures={"speed": float("nan")}))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("{", "is not JSON"), ("[]", "is no report"), ('{"version": 1}', "is no report")],
)
def test_a_file_that_is_no_report_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "old.json").write_text(text)
    with pytest.raises(InputError, match=rf"old\.json: {complaint}"):
        read_report(tmp_path / "old.json")


def test_warm_up_is_told_and_is_not_among_the_samples() -> None:
    series = Series(name="a", unit="ms", samples=(1.0, 2.0), warmup=5)
    assert (series.summary.count, series.warmup) == (2, 5)
