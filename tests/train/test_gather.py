from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np

from train.data import Record
from train.gather import gather
from train.plan import Plan
from train.watch import Watch


def mask_data(path: Path, people: dict[str, list[int]]) -> Path:
    """The mask competition's layout: for each part, people by number, a few pictures each."""
    random = np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for part, numbers in people.items():
            for number in numbers:
                folder = (
                    f"{part}/{number:06}_{'female' if number % 2 else 'male'}_Asian_{20 + number}"
                )
                for name in ("mask1", "mask2", "normal", "incorrect_mask"):
                    picture = random.integers(0, 256, (48, 48), dtype=np.uint8)
                    content = cv2.imencode(".png", picture)[1].tobytes()
                    archive.writestr(f"{folder}/{name}.png", content)
    return path


def subjects(records: tuple[Record, ...]) -> set[str | None]:
    return {record.subject for record in records}


def test_nobody_is_in_two_parts_whatever_the_data_s_own_parts_are(tmp_path: Path) -> None:
    data = mask_data(tmp_path / "mask.zip", {"train": list(range(20)), "test": [3, 7, 30, 31]})
    found = gather(Plan(data=data, name="made", head="mask", valid_share=0.2), Watch())
    parts = [subjects(found.kept), subjects(found.valid.records), subjects(found.test.records)]
    assert all(parts)
    assert not parts[0] & parts[1]
    assert not (parts[0] | parts[1]) & parts[2]


def test_validation_has_no_copy_of_a_test_picture(dataset: Path) -> None:
    with zipfile.ZipFile(dataset, "a") as archive:
        for i in range(10):
            label = "happy" if i % 2 else "sad"
            content = archive.read(f"test/{label}/{i:03}.png")
            for copy in range(3):
                archive.writestr(f"train/{label}/copy-{i}-{copy}.png", content)
    found = gather(Plan(data=dataset, name="made", valid_share=0.3), Watch())
    pictures = {record.read() for record in found.test.records}
    assert not pictures & {record.read() for record in (*found.valid.records, *found.kept)}
