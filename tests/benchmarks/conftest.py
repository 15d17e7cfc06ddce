"""A made set, small enough for tests, and what it is made with."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from benchmarks.made.made_options import MadeOptions
from benchmarks.made.make_aihub import MadeSet, make_aihub

SMALL = MadeOptions(pictures=60, seed=3, distinct=14, megapixels=0.2)


@pytest.fixture(scope="session")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the distinct pictures of the first set lie for the others."""
    return tmp_path_factory.mktemp("made") / "pool"


@pytest.fixture(scope="session")
def small(pool: Path) -> MadeOptions:
    return dataclasses.replace(SMALL, pool=pool)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, small: MadeOptions) -> tuple[Path, MadeSet]:
    out = tmp_path_factory.mktemp("made") / "set"
    return out, make_aihub(out, small)
