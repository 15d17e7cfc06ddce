"""The shipped model with several heads on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from export.options import Options
from export.pipeline import export
from tests.web.bars import BARS, NAMES, PICTURE, assert_bars_are_pythons
from tests.web.conftest import HAS_VERDICT, ROOT, visit

MODEL = ROOT / "models" / "attributes"


@pytest.fixture(scope="module")
def attributes(web_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site. The test is the browser's word: a proof there would only take longer."""
    out = tmp_path_factory.mktemp("attributes") / "dist"
    options = Options(models=(MODEL,), out=out, web=ROOT / "web", unproven=True)
    export(options, lambda name, model: None)
    return out / "site"


def test_it_answers_each_of_its_questions_as_python_does(
    chromium: Browser, attributes: Path
) -> None:
    with visit(chromium, attributes) as seen:
        seen.open("files")
        seen.page.set_input_files("#files-input", PICTURE)
        seen.wait(HAS_VERDICT)
        titles = [title for title, *_ in seen.page.evaluate(NAMES)]
        assert titles == ["Emotion", "Gender", "Age group", "Mask"]
        assert_bars_are_pythons(seen.page.evaluate(BARS), MODEL)
        assert seen.console == []
