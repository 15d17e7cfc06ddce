"""The built site, measured as `python -m benchmarks page` does, over a few frames."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest

from benchmarks.page import PageOptions, measure_page
from benchmarks.page_gates import complaint, page_gates
from benchmarks.page_result import PageResult, write_page_result
from benchmarks.site import read_site
from face_detect.command import MachineError
from face_detect.media import read_picture
from tests.web.conftest import DEMO, ROOT


@pytest.fixture(scope="module")
def result(site: Path) -> PageResult:
    options = PageOptions(frames=40, rounds=1)
    return measure_page(read_site(site), read_picture(DEMO / "sample1.jpg"), options)


def test_the_site_keeps_to_every_bound_that_a_busy_machine_does_not_excuse(
    result: PageResult,
) -> None:
    busy = dataclasses.replace(result, others_share=1.0)
    error = complaint(busy, page_gates(busy))
    assert error is None or isinstance(error, MachineError), str(error)


def test_as_much_was_measured_as_was_asked_for(result: PageResult) -> None:
    assert result.live.results >= 40
    assert len(result.answers_ms) == 5
    assert result.live.tensors_before > 0
    assert any(file.is_heavy for file in result.first.files)


def test_what_is_written_fits_the_schema(result: PageResult, tmp_path: Path) -> None:
    write_page_result(tmp_path / "page.json", result, page_gates(result))
    schema = json.loads((ROOT / "benchmarks/page.schema.json").read_text())
    jsonschema.validate(json.loads((tmp_path / "page.json").read_text()), schema)
