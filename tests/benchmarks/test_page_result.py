import json
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from benchmarks.page_gates import page_gates
from benchmarks.page_result import write_page_result
from benchmarks.page_table import page_table
from tests.benchmarks.page_results import page_result

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[2] / "benchmarks/page.schema.json").read_text()
)


@pytest.fixture
def written(tmp_path: Path) -> Any:
    result = page_result()
    write_page_result(tmp_path / "page.json", result, page_gates(result))
    return json.loads((tmp_path / "page.json").read_text())


def test_what_is_written_fits_the_schema(written: Any) -> None:
    jsonschema.validate(written, SCHEMA)


@pytest.mark.parametrize("field", SCHEMA["required"])
def test_the_schema_misses_no_field(written: Any, field: str) -> None:
    del written[field]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, SCHEMA)


def test_speed_is_told_as_it_was_on_the_whole(written: Any) -> None:
    assert written["live"]["per_second"] == 25
    assert written["live"]["latency"] == {"median_ms": 14, "p95_ms": 28}


def test_the_table_has_measured_beside_allowed() -> None:
    result = page_result()
    console = Console(width=80, file=StringIO())
    with console.capture() as shown:
        console.print(page_table(result, page_gates(result)))
    (line,) = (line for line in shown.get().splitlines() if "click" in line)
    assert [cell.strip() for cell in line.split("│")[2:5]] == ["100 ms", "100 ms", "passed"]
