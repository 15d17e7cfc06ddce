from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def page(dist: Path) -> str:
    return (dist / "site" / "report.html").read_text(encoding="utf-8")


def test_it_has_no_style_of_its_own_which_the_sites_policy_would_refuse(
    dist: Path, page: str
) -> None:
    assert "style=" not in page
    assert "<style" not in page
    assert '<link rel="stylesheet" href="report.css">' in page
    assert (dist / "site" / "report.css").is_file()


def test_it_shows_each_link_but_no_times_and_no_crops(page: str) -> None:
    assert "f32 on simd" in page
    assert "seconds" not in page.lower()
    assert "data:image" not in page


def test_it_asks_for_nothing(page: str) -> None:
    assert "runs no script and asks for nothing" in page
    assert "<script" not in page
    assert "http:" not in page
