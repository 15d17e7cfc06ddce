"""Models with other heads on the page: the shipped net's own outputs, told otherwise."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.web.bars import BARS, NAMES, PICTURE, assert_bars_are_pythons
from tests.web.conftest import HAS_VERDICT, ROOT, Visit, visit
from train.checkpoint import load
from train.contract import Head

NAME = "emotion-b0"
HEADS = (
    Head(name="mask", labels=("worn", "wrong", "none")),
    Head(name="emotion", labels=("happy", "sad")),
    Head(name="age group", labels=("<30", ">=60")),
)


@pytest.fixture(scope="module")
def several(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a contract that tells the outputs apart."""
    return _retold(site, tmp_path_factory.mktemp("several"), HEADS)


def _retold(site: Path, folder: Path, heads: tuple[Head, ...]) -> Path:
    copy = shutil.copytree(site, folder / "site")
    _, contract = load(ROOT / "models" / NAME)
    told = replace(contract, heads=heads)
    told.write(copy / f"models/{NAME}/contract.json")
    _change(copy / f"about/{NAME}.json", heads=json.loads(told.to_json())["heads"])
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    for name, entry in manifest["files"].items():
        data = (copy / name).read_bytes()
        entry |= {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    _change(copy / "manifest.json", files=manifest["files"])
    for packed in (*copy.rglob("*.br"), *copy.rglob("*.gz")):
        packed.unlink()
    return copy


def _change(path: Path, **fields: object) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**document, **fields}), encoding="utf-8")


@pytest.fixture(scope="module", params=["en-GB", "ko-KR"])
def shown(chromium: Browser, several: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visit(chromium, several, locale=request.param) as seen:
        seen.open("files")
        seen.page.set_input_files("#files-input", PICTURE)
        seen.wait(HAS_VERDICT)
        yield seen


def test_the_bars_of_each_head_are_pythons_numbers(shown: Visit) -> None:
    assert_bars_are_pythons(shown.page.evaluate(BARS), ROOT / "models" / NAME, HEADS)


def test_heads_and_labels_have_names_in_the_pages_language(shown: Visit) -> None:
    names = {
        "en": [
            ["Mask", "Mask worn", "Mask worn wrongly", "No mask"],
            ["Emotion", "Happy", "Sad"],
            ["Age group", "Under 30", "60 and over"],
        ],
        "ko": [
            ["마스크", "마스크 착용", "마스크 잘못 착용", "마스크 미착용"],
            ["감정", "기쁨", "슬픔"],
            ["연령대", "30세 미만", "60세 이상"],
        ],
    }
    language = str(shown.page.evaluate("document.documentElement.lang"))
    assert shown.page.evaluate(NAMES) == names[language]


def test_the_emotion_is_told_in_large_and_the_others_beneath(shown: Visit) -> None:
    mask, emotion, age = shown.page.evaluate(NAMES)
    assert shown.page.inner_text(".files .verdict-label") in emotion
    first, second = shown.page.inner_text(".files .verdict-others").split(" · ")
    assert first in mask
    assert second in age


def test_on_a_phone_nothing_is_cut_off(shown: Visit) -> None:
    shown.page.set_viewport_size({"width": 390, "height": 844})
    for tab in ("files", "about"):
        shown.open(tab)
        shown.wait("document.querySelector('#about-accuracy, .bars-part') !== null")
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    shown.page.set_viewport_size({"width": 1280, "height": 900})


def test_the_head_that_is_compared_can_be_chosen(
    chromium: Browser, several: Path, clip: Path
) -> None:
    with visit(chromium, several, tab="compare") as seen:
        seen.page.set_input_files("#compare-reference-file", clip)
        seen.wait("!document.querySelector('#compare-record').disabled")
        seen.page.set_input_files("#compare-take-file", clip)
        seen.wait("document.querySelector('#compare-score').textContent === '100'")
        titles = "document.querySelectorAll('.compare-emotion').length"
        assert seen.page.inner_text("#compare-parts-title") == "Emotion by emotion"
        assert seen.page.evaluate(titles) == 2
        seen.page.select_option("#compare-head", "mask")
        seen.wait(f"{titles} === 3")
        assert seen.page.inner_text("#compare-parts-title") == "Mask, label by label"
        assert seen.console == []


@pytest.mark.parametrize(("above", "told"), [(-1e6, False), (1e6, True)])
def test_a_face_is_called_unfamiliar_where_its_energy_is_below_the_heads_own(
    chromium: Browser, site: Path, tmp_path: Path, above: float, told: bool
) -> None:
    _, contract = load(ROOT / "models" / NAME)
    (head,) = contract.heads
    strict = _retold(site, tmp_path, (replace(head, familiar_above=above),))
    with visit(chromium, strict, locale="ko-KR") as seen:
        seen.open("files")
        seen.page.set_input_files("#files-input", PICTURE)
        seen.wait(HAS_VERDICT)
        assert (seen.page.inner_text(".files .verdict-label") == "낯선 모습") == told
        assert ("얼굴이 아니거나" in seen.page.inner_text(".files .verdict")) == told
