"""What the built page tells about itself and its model, in a real Chromium."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.conftest import Visit, visit

TOLD = "document.querySelector('#about-accuracy') !== null"
WIDTH = "document.documentElement.scrollWidth"
LEVELS = """[...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')]
    .map(({ tagName }) => Number(tagName[1]))"""
LINKS = "[...document.querySelectorAll('main a')].map(({ href, rel }) => [href, rel])"
OFFER = """() => {
    const offer = new Event('beforeinstallprompt');
    offer.prompt = async () => { document.body.dataset.prompted = 'yes'; };
    dispatchEvent(offer);
}"""


@pytest.fixture(scope="module")
def told(chromium: Browser, site: Path) -> Iterator[Visit]:
    with visit(chromium, site, tab="about") as visited:
        visited.wait(TOLD)
        visited.page.click("#about-card summary")
        yield visited


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    return shutil.copytree(site, tmp_path / "site")


def test_each_label_has_its_figures(told: Visit) -> None:
    rows = told.page.locator("#about-accuracy tbody tr").all_inner_texts()
    assert len(rows) == 7
    assert all("%" in row for row in rows)


def test_what_was_measured_stands_beside_what_is_allowed(told: Visit) -> None:
    steps = told.page.locator("#about-proof .about-chain li").all_inner_texts()
    assert [step.split("\n")[0] for step in steps] == ["torch", "ONNX", "TensorFlow", "TF.js"]
    assert all("≤" in step for step in steps[1:])


def test_the_backend_of_this_device_is_named(told: Visit) -> None:
    assert "WebAssembly SIMD" in told.page.inner_text("#about-here")


def test_the_page_shows_its_own_rule(told: Visit) -> None:
    assert "default-src 'none'" in str(told.page.text_content("#about-policy"))


def test_headings_go_down_one_level_at_a_time(told: Visit) -> None:
    levels = told.page.evaluate(LEVELS)
    assert levels[0] == 2
    assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == []


def test_links_lead_to_pages_and_do_not_say_from_where(told: Visit) -> None:
    links = told.page.evaluate(LINKS)
    own = {href.removeprefix(told.address) for href, _ in links if href.startswith(told.address)}
    assert own == {"report.html", "notices.txt"}
    assert all(told.page.request.get(told.address + name).ok for name in own)
    assert {rel for _, rel in links} == {"noreferrer"}


def test_on_a_phone_only_a_tables_own_box_scrolls_also_by_keyboard(told: Visit) -> None:
    told.page.set_viewport_size({"width": 390, "height": 844})
    assert told.page.evaluate(WIDTH) <= 390
    told.page.focus("#about-proof .about-scroll")
    told.page.keyboard.press("ArrowRight")
    told.wait("document.querySelector('#about-proof .about-scroll').scrollLeft > 0")


def test_an_offer_to_install_is_shown_and_can_be_taken_once(told: Visit) -> None:
    button = told.page.locator("#about-install")
    assert not button.is_visible()
    told.page.evaluate(OFFER)
    button.click()
    assert told.page.evaluate("document.body.dataset.prompted") == "yes"
    assert not button.is_visible()


def test_it_all_goes_without_a_word_in_the_console(told: Visit) -> None:
    assert told.console == []


def test_in_korean_the_models_own_card_is_marked_as_english(chromium: Browser, site: Path) -> None:
    with visit(chromium, site, locale="ko-KR", tab="about") as visited:
        visited.wait(TOLD)
        assert visited.page.inner_text("main h2") == "facecast 소개"
        assert visited.page.get_attribute("#about-card > div", "lang") == "en"


def test_without_the_models_document_the_rest_is_there_and_it_can_be_asked_for_again(
    chromium: Browser, copy: Path
) -> None:
    (document,) = (copy / "about").glob("*.json")
    text = document.read_text(encoding="utf-8")
    document.unlink()
    with visit(chromium, copy, tab="about") as visited:
        visited.wait("document.querySelector('#about-again') !== null")
        assert f"about/{document.name}" in visited.fault()
        assert visited.page.is_visible("#about-privacy")
        document.write_text(text, encoding="utf-8")
        visited.page.click("#about-again")
        visited.wait(TOLD)
        assert visited.fault() == ""


def test_another_model_brings_its_own_figures(chromium: Browser, copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    (model,) = manifest["models"]
    about = json.loads((copy / model["about"]).read_text(encoding="utf-8"))
    manifest["models"].append({**model, "name": "twin", "about": "about/twin.json"})
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (copy / "about/twin.json").write_text(json.dumps({**about, "name": "twin"}), encoding="utf-8")
    for packed in copy.glob("manifest.json.*"):
        packed.unlink()
    with visit(chromium, copy, tab="about") as visited:
        visited.wait(TOLD)
        visited.page.select_option("#model", "twin")
        visited.wait("document.querySelector('#about-model h3')?.innerText.includes('twin')")
