"""Streams of frames through the worker's session, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from export.browser import Browser
from tests.web.conftest import DEMO

PEOPLE_X = (343, 764, 1262, 1583)
"""Where the middles of the faces in the picture are."""
WIDTH, HEIGHT, TOP = 1300, 900, 100
LAST_X, STEP_X = 620, 31


@pytest.fixture(scope="module")
def harness(web_build: Path, site: Path) -> Iterator[Browser]:
    mounts = {"/harness": web_build / "harness", "/site": site, "/demo": DEMO}
    with Browser(mounts=mounts) as browser:
        yield browser


def stream(harness: Browser, lefts: Sequence[int], **asked: Any) -> list[dict[str, Any]]:
    """What the session says to frames whose left edges are given."""
    views = [{"x": x, "y": TOP, "width": WIDTH, "height": HEIGHT} for x in lefts]
    fixed = {"site": "/site/", "picture": "/demo/sample6.jpg", "views": views, "frame_ms": 100}
    following = {"faces": 4, "smooth_ms": 250, "reuse": True}
    said: list[dict[str, Any]] = harness.call(
        "streamViews", {**fixed, "following": following, **asked}
    )
    return said


@pytest.fixture(scope="module")
def pan(harness: Browser) -> list[tuple[int, dict[str, Any]]]:
    """Over four people and back again: each frame's left edge, and its result."""
    there = [*range(0, LAST_X, STEP_X), LAST_X]
    lefts = [*there, *reversed(there)]
    said = stream(harness, lefts, backends=["simd"])
    results = [each["result"] for each in said if each["kind"] == "result"]
    return list(zip(lefts, results, strict=True))


def people(left: int, result: dict[str, Any]) -> dict[int, int]:
    """Who is behind each id."""
    middles = {
        face["id"]: left + face["box"]["x"] + face["box"]["width"] / 2 for face in result["faces"]
    }
    return {
        id: min(range(4), key=lambda person: abs(PEOPLE_X[person] - x)) for id, x in middles.items()
    }


def test_four_people_come_and_go(pan: list[tuple[int, dict[str, Any]]]) -> None:
    seen = [set(people(left, result).values()) for left, result in pan]
    assert set.union(*seen) == {0, 1, 2, 3}
    assert set.intersection(*seen) == {1}
    assert max(map(len, seen)) >= 3


def test_an_id_stays_with_its_person(pan: list[tuple[int, dict[str, Any]]]) -> None:
    behind: dict[int, set[int]] = {}
    for left, result in pan:
        found = people(left, result)
        assert len(set(found.values())) == len(found)
        for id, person in found.items():
            behind.setdefault(id, set()).add(person)
    assert all(len(persons) == 1 for persons in behind.values())


def test_no_tensor_stays_behind(pan: list[tuple[int, dict[str, Any]]]) -> None:
    assert len({result["tensors"] for _, result in pan}) == 1


def test_when_the_gpu_is_lost_in_a_frame_the_next_backend_reads_the_one_after(
    harness: Browser,
) -> None:
    said = stream(harness, [0, 0, 0, 0], backends=["webgl", "simd"], lose_in=1)
    kinds = [each["kind"] for each in said]
    assert kinds == ["ready", "result", "dropped", "ready", "result", "result"]
    assert said[3]["running"]["backend"] == "simd"
    assert said[3]["running"]["attempts"][0] == {"name": "webgl", "problem": "the GPU was lost"}
    assert len(said[-1]["result"]["faces"]) == len(said[1]["result"]["faces"]) > 0
    assert harness.seen.errors == []
