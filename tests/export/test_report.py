from __future__ import annotations

import pytest

from export.report import human_bytes


@pytest.mark.parametrize(
    ("count", "words"), [(999, "999 B"), (160_059, "160 KB"), (4_104_260, "4.1 MB")]
)
def test_bytes_are_written_for_people(count: int, words: str) -> None:
    assert human_bytes(count) == words
