from __future__ import annotations

import json

import pytest

from export.icons import ICONS, WEB, to_the_edge
from face_detect.media import read_picture

PUBLIC = WEB / "public"


def test_the_installed_page_names_icons_that_are_there() -> None:
    document = json.loads((PUBLIC / "site.webmanifest").read_text(encoding="utf-8"))
    for icon in document["icons"]:
        height, width, _ = read_picture(PUBLIC / icon["src"]).shape
        assert icon["sizes"] == f"{width}x{height}"


@pytest.mark.parametrize(("name", "size"), ICONS.items())
def test_each_icon_is_as_large_as_it_says(name: str, size: int) -> None:
    assert read_picture(PUBLIC / "icons" / f"{name}.png").shape == (size, size, 3)


def test_a_mark_without_round_corners_fills_its_square() -> None:
    assert to_the_edge('<rect width="32" height="32" rx="9" fill="#3f6fd8"/>') == (
        '<rect width="32" height="32" fill="#3f6fd8"/>'
    )
