"""Pictures without labels, such as FFHQ or human-faces: a folder or a zip."""

from __future__ import annotations

from train.data.dataset import Dataset
from train.data.files import Files
from train.data.folder import part
from train.data.reading import Reading
from train.data.record import Record


def read_unlabelled(files: Files, reading: Reading) -> Dataset:
    """Every picture, at any depth; they are photos as far as anyone knows."""
    records = [
        Record(name=file.name, labels={}, read=file.read, split=part(file))
        for file in files.pictures()
    ]
    return files.dataset(
        "unlabelled", records, files.problems, framing="photo", otherwise="holds no pictures"
    )
