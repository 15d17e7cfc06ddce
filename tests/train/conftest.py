"""A contract and a few made pictures."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from train.contract import Contract, Head, Input


@pytest.fixture
def contract() -> Contract:
    return Contract(
        name="made",
        net="efficientnet-b0",
        heads=(Head(name="emotion", labels=("happy", "sad")),),
        input=Input(size=32, channels="grey", mean=(0.5,), std=(0.25,)),
    )


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """`train` and `test` with bright "happy" and dark "sad" pictures, packed."""
    path = tmp_path / "made.zip"
    random = np.random.default_rng(0)
    with zipfile.ZipFile(path, "w") as archive:
        for split, count in (("train", 40), ("test", 10)):
            for i in range(count):
                label, level = ("happy", 200) if i % 2 else ("sad", 60)
                picture = random.integers(level - 40, level + 40, (48, 48), dtype=np.uint8)
                data = cv2.imencode(".png", picture)[1].tobytes()
                archive.writestr(f"{split}/{label}/{i:03}.png", data)
    return path
