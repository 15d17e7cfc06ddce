"""Whether everybody can use the page: axe-core's rules on each view."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.web.conftest import HAS_VERDICT, READY, ROOT, visit
from tests.web.test_page import TABS

AXE = (ROOT / "web/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
FOUND = """async () => {
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}"""
SMALL = """() => [...document.querySelectorAll('button, select, [role=slider], nav a')]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 40)
    .map((each) => each.outerHTML)"""
MOVING = """() => document.getAnimations().map(({ transitionProperty }) => transitionProperty)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, site: Path, scheme: Literal["light", "dark"]) -> None:
    with visit(chromium, site) as visited:
        visited.page.emulate_media(color_scheme=scheme)
        visited.wait(READY)
        visited.page.evaluate(AXE)
        for tab in TABS:
            visited.open(tab)
            visited.wait("document.querySelector('main').childElementCount > 0")
            assert visited.page.evaluate(FOUND) == [], tab


def test_axe_finds_nothing_while_a_camera_is_read(chromium: Browser, site: Path) -> None:
    with visit(chromium, site) as visited:
        visited.page.click("#live-on")
        visited.wait(HAS_VERDICT)
        visited.page.evaluate(AXE)
        assert visited.page.evaluate(FOUND) == []


def test_on_a_phone_what_is_touched_is_large_enough(chromium: Browser, site: Path) -> None:
    with visit(chromium, site) as visited:
        visited.page.set_viewport_size({"width": 390, "height": 844})
        for tab in TABS:
            visited.open(tab)
            visited.wait("document.querySelector('main').childElementCount > 0")
            assert visited.page.evaluate(SMALL) == [], tab


def test_who_wants_no_motion_sees_none(chromium: Browser, site: Path) -> None:
    with visit(chromium, site) as visited:
        visited.page.emulate_media(reduced_motion="reduce")
        visited.page.click("#live-on")
        visited.wait(HAS_VERDICT)
        assert visited.page.evaluate(MOVING) == []
