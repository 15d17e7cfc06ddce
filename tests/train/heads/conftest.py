"""One net with several heads, fitted once to three data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.train.heads.made import ROWS, packed, planned, png, went
from train.data.read_task import parse_task
from train.data.task import Task
from train.keep_model import keep_model
from train.run import Outcome


@pytest.fixture(scope="package")
def task() -> Task:
    return parse_task(ROWS.encode(), "made.csv")


@pytest.fixture(scope="package")
def data(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Grey feelings in two parts, coloured people with a table, and masks in folders."""
    folder = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(0)
    feelings = {
        f"{part}/{label}/{i:02}.png": png(random, 48, level)
        for part, count in (("train", 24), ("test", 8))
        for label, level in (("happy", 200), ("sad", 60))
        for i in range(count)
    }
    rows = ["file,age,gender,race"]
    people = {}
    for i in range(40):
        rows.append(f"val/{i}.png,20-29,{('Male', 'Female')[i % 2]},White")
        people[f"val/{i}.png"] = png(random, 40, 60 + 120 * (i % 2), 3)
    people["fairface_label_val.csv"] = "\n".join(rows).encode()
    masks = {
        f"{label}/{i:02}.png": png(random, 56, level, 3)
        for label, level in (("with_mask", 180), ("without_mask", 70))
        for i in range(20)
    }
    named = {"feelings": feelings, "people": people, "masks": masks}
    return {name: packed(folder / f"{name}.zip", files) for name, files in named.items()}


@pytest.fixture(scope="package")
def outcome(
    data: Mapping[str, Path], task: Task, tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    return went(planned(data, task), tmp_path_factory.mktemp("runs"))


@pytest.fixture(scope="package")
def model(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "made"
    keep_model(outcome, folder, data="d", licence="l", made_by="m")
    return folder
