from __future__ import annotations

import pytest

from export.byte_range import byte_range


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", range(100)),
        ("bytes=10-19", range(10, 20)),
        ("bytes=90-500", range(90, 100)),
        ("bytes=-5", range(95, 100)),
        ("bytes=-500", range(100)),
    ],
)
def test_one_part_is_found(header: str, part: range) -> None:
    assert byte_range(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-120", "bytes=-0"])
def test_nothing_lies_beyond_the_end(header: str) -> None:
    assert byte_range(header, 100) == range(0)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "bytes=-",
        "bytes=5-1",
        "bytes=0-1,5-6",
        "lines=1-2",
        "bytes=٣-",
        f"bytes={'9' * 5000}-",
    ],
    ids=lambda header: str(header)[:14],
)
def test_other_wishes_get_the_whole_file(header: str | None) -> None:
    assert byte_range(header, 100) is None
