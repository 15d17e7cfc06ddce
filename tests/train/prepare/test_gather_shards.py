from __future__ import annotations

import dataclasses
from pathlib import Path

from tests.train.prepare.conftest import SMALL, Run
from train.data.open_dataset import open_dataset
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


def test_shards_of_photos_are_cut_by_their_boxes(tmp_path: Path, photos: Path, run: Run) -> None:
    run(photos, options=dataclasses.replace(SMALL, valid=0, test=0))
    dataset = open_dataset(tmp_path / "out")
    assert dataset.framing == "cutout"
    assert all(record.box is not None for record in dataset.records)
