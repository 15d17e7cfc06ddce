from __future__ import annotations

from pathlib import Path

import pytest

from train.plan import Plan
from train.study.read_study import read_study

STUDIES = sorted((Path(__file__).parents[3] / "docs" / "studies").glob("*.toml"))


@pytest.mark.parametrize("file", STUDIES, ids=lambda file: file.stem)
def test_the_studies_of_the_documentation_can_be_read(file: Path) -> None:
    assert len(read_study(file, Plan(data=Path("data.zip"), name="study"), Path).arms) > 4
