from __future__ import annotations

from pathlib import Path

import pytest

from tests.train.data.conftest import MakeJpeg, Pack
from train.data import Reading, open_dataset


@pytest.mark.parametrize("place", ["made", "made.zip"])
@pytest.mark.parametrize(
    "names",
    [
        ("Humans/1 (1).jpg", "Humans/1 (2).jpeg"),
        ("images1024x1024/00000/00001.png", "images1024x1024/01000/01001.png"),
        ("0.jpg", "1.jpg"),
    ],
)
def test_pictures_in_folders_that_are_no_labels_have_none(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack, place: str, names: tuple[str, ...]
) -> None:
    dataset = open_dataset(pack(tmp_path / place, dict.fromkeys(names, jpeg())))
    assert dataset.format == "unlabelled"
    assert [(record.name, record.labels) for record in dataset.records] == [
        (name, {}) for name in names
    ]


def test_the_user_may_say_that_folders_are_no_labels(
    tmp_path: Path, jpeg: MakeJpeg, pack: Pack
) -> None:
    data = pack(tmp_path / "made", {"anna/0.jpg": jpeg(), "ben/0.jpg": jpeg()})
    assert open_dataset(data).format == "folder"
    dataset = open_dataset(data, reading=Reading(format="unlabelled"))
    assert [record.labels for record in dataset.records] == [{}, {}]
