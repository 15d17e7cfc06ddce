from __future__ import annotations

import dataclasses
from pathlib import Path

from tests.train.prepare.conftest import SMALL, Run
from train.gather import gather
from train.plan import Plan
from train.watch import Watch


def test_a_fit_has_the_parts_that_were_drawn_when_the_data_were_prepared(
    tmp_path: Path, crops: Path, run: Run
) -> None:
    document = run(crops, options=dataclasses.replace(SMALL, valid=0.25, test=0.25)).document
    said: list[str] = []
    data = gather(Plan(data=tmp_path / "out", name="made"), Watch(say=said.append))
    parts = {"train": data.kept, "valid": data.valid.records, "test": data.test.records}
    for part, records in parts.items():
        assert len(records) == document["parts"][part]["samples"] > 2
        assert {record.split for record in records} == {part}
    assert (data.framing, data.drawn) == ("crop", False)
    assert not [line for line in said if line.startswith("not used")]


def test_a_fit_draws_the_parts_of_data_that_were_prepared_without(
    tmp_path: Path, crops: Path, run: Run
) -> None:
    run(crops, options=dataclasses.replace(SMALL, valid=0, test=0))
    data = gather(Plan(data=tmp_path / "out", name="made", valid_share=0.2), Watch())
    assert data.drawn
    assert min(len(data.kept), len(data.valid.records), len(data.test.records)) > 0
