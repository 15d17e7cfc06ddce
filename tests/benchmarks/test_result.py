import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from benchmarks.result import Result, Series, this_machine

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[2] / "benchmarks/result.schema.json").read_text()
)


@pytest.fixture
def result() -> Result:
    series = Series(
        name="detector", backend="wasm", shape=(1, 96, 96, 3), samples_ms=(3.0, 1.0, 2.0)
    )
    return Result(
        benchmark="frame",
        machine=this_machine("a browser"),
        model="emotion",
        variant="u8",
        inputs=1,
        warmup=10,
        series=(series,),
    )


def written(result: Result, folder: Path) -> Any:
    result.write(folder / "result.json")
    return json.loads((folder / "result.json").read_text())


def test_what_is_written_fits_the_schema(result: Result, tmp_path: Path) -> None:
    jsonschema.validate(written(result, tmp_path), SCHEMA)


def test_every_sample_is_kept_in_its_order(result: Result, tmp_path: Path) -> None:
    series = written(result, tmp_path)["series"][0]
    assert series["samples_ms"] == [3, 1, 2]
    assert series["summary"]["p50"] == 2


@pytest.mark.parametrize("field", SCHEMA["required"])
def test_the_schema_misses_no_field(result: Result, tmp_path: Path, field: str) -> None:
    document = written(result, tmp_path)
    del document[field]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def test_a_later_version_does_not_pass_for_this_one(result: Result, tmp_path: Path) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**written(result, tmp_path), "version": 2}, SCHEMA)
