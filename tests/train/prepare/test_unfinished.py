from __future__ import annotations

from pathlib import Path

import pytest

from train.prepare.join_parts import Joiner
from train.prepare.portion import Part
from train.prepare.unfinished import Unfinished

PLAN = {"version": 1, "data": {}, "crop": {}, "options": {}, "made_with": {}}


@pytest.fixture
def work(tmp_path: Path) -> Unfinished:
    """Begun, with the second of two parts."""
    work = Unfinished(tmp_path)
    work.begin(PLAN)
    work.keep(Part(number=1, tar=b"faces", rows=(), notes=()))
    return work


def test_the_list_of_a_part_that_waits_is_not_read_before_it_is_joined(work: Unfinished) -> None:
    (work.parts / "1.json").write_text("no list")
    Joiner(work, [1, 0], most_bytes=1).join()
    assert work.waiting() == {1}


def test_files_that_are_not_ours_are_left_alone(work: Unfinished) -> None:
    for folder in (work.parts, work.shards):
        for name in (".DS_Store", "._1.json"):
            (folder / name).touch()
    work.begin(PLAN)
    assert (work.waiting(), [*work.joined()]) == ({1}, [])
    assert (work.parts / ".DS_Store").exists()
