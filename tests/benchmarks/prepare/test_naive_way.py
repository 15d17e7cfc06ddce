from __future__ import annotations

from pathlib import Path

from benchmarks.made.make_aihub import MadeSet
from benchmarks.prepare.naive_way import naive_way
from face_detect.build import build_detector
from face_detect.media import read_picture
from train.data import open_dataset
from train.prepare.options import PrepareOptions

Made = tuple[Path, MadeSet]


def test_each_face_is_a_jpeg_of_the_size_asked_for_and_damaged_pictures_give_none(
    made: Made, tmp_path: Path
) -> None:
    out, told = made
    records = open_dataset(out).records
    options = PrepareOptions(size=40, margin=0.25)
    saved = naive_way(records, tmp_path, build_detector("tiny"), options)
    without = ("truncated", "box outside", "no face")
    assert saved == len(records) - sum(told.wrong[kind] for kind in without)
    sides = [max(read_picture(path).shape[:2]) for path in tmp_path.iterdir()]
    assert len(sides) == saved and set(sides) <= {59, 60, 61}
